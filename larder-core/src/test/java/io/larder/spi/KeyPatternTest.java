package io.larder.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class KeyPatternTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "*, \"\", true",
                "*, abc, true",
                "**, abc, true",
                "\"\", \"\", true",
                "\"\", a, false",
                "?, \"\", false",
                "?, a, true",
                "?, \uD83D\uDE00, true",
                "??, \uD83D\uDE00, false",
                "user:*, user:42, true",
                "user:*, user:, true",
                "user:*, users:42, false",
                "*:42, user:42, true",
                "*a*b*, xaxbx, true",
                "*a*b*, xbxax, false",
                "[a-c]x, bx, true",
                "[a-c]x, dx, false",
                "[c-a]x, bx, true",
                "[^a-c]x, dx, true",
                "[^a-c]x, bx, false",
                "[abc-], -, true",
                "[a\\]b], ], true",
                "[\\^a], ^, true",
                "[a-\\]], ], true",
                "[], a, false",
                "[^], a, true",
                "[\uD83D\uDE00-\uD83D\uDE05], \uD83D\uDE03, true",
                "\\*, *, true",
                "\\*, a, false",
                "\\\\, \\, true",
                "a]b, a]b, true",
                "A, a, false"
            })
    void matchesAsTheTableSays(String glob, String key, boolean matches) {
        assertThat(KeyPattern.glob(glob).matches(key)).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "a[b", "[^", "[a-", "[a\\]", "[]a["})
    void anUnclosedSetIsRefused(String glob) {
        assertThatThrownBy(() -> KeyPattern.glob(glob))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Unclosed '[' in pattern '" + glob + "'. Close it with ']', or write '\\[' for the character");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\", "a\\", "\\\\\\", "[\\"})
    void anEscapeOfNothingIsRefused(String glob) {
        assertThatThrownBy(() -> KeyPattern.glob(glob))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Nothing follows the last '\\' in pattern '");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "*, \"\"",
                "\"\", \"\"",
                "user:42, user:42",
                "user:*:x, user:",
                "user:?, user:",
                "user:[ab], user:",
                "a\\*b\\\\c*, a*b\\c",
                "a]^-*, a]^-",
                "\uD83D\uDE00*, \uD83D\uDE00"
            })
    void prefixIsWhatComesBeforeTheFirstSpecialCharacter(String glob, String prefix) {
        assertThat(KeyPattern.glob(glob).literalPrefix()).isEqualTo(prefix);
    }

    @Test
    void allIsRecognized() {
        assertThat(KeyPattern.glob("***").isAll()).isTrue();
        assertThat(KeyPattern.glob("*?").isAll()).isFalse();
        assertThat(KeyPattern.glob("").isAll()).isFalse();
        assertThat(KeyPattern.ALL).hasToString("*");
    }

    /** Trying every way to split this key among the stars would outlast the universe. */
    @Test
    void manyStarsDoNotMultiply() {
        String glob = "a*".repeat(200) + "b";
        String key = "a".repeat(5_000);

        assertThat(KeyPattern.glob(glob).matches(key)).isFalse();
        assertThat(KeyPattern.glob(glob).matches(key + "b")).isTrue();
    }

    @Test
    void anEscapedTextMatchesItselfAndNothingElse() {
        Seed seed = new Seed();
        Random random = seed.random();
        for (int i = 0; i < 5_000; i++) {
            String text = text(random);
            String other = text(random);
            KeyPattern pattern = KeyPattern.glob(KeyPattern.escape(text));

            assertThat(pattern.matches(text)).as("%s: '%s'", seed, text).isTrue();
            assertThat(pattern.literalPrefix()).as("%s", seed).isEqualTo(text);
            assertThat(pattern.matches(other))
                    .as("%s: '%s' and '%s'", seed, text, other)
                    .isEqualTo(text.equals(other));
        }
    }

    @Test
    void matchesAsASimplerMatcherDoes() {
        Seed seed = new Seed();
        Random random = seed.random();
        for (int i = 0; i < 20_000; i++) {
            List<Token> tokens = new ArrayList<>();
            for (int n = random.nextInt(6); n > 0; n--) {
                tokens.add(Token.random(random));
            }
            String glob = String.join("", tokens.stream().map(Token::glob).toList());
            String key = text(random);

            KeyPattern pattern = KeyPattern.glob(glob);
            assertThat(!pattern.matches(key) || key.startsWith(pattern.literalPrefix()))
                    .as("%s: prefix of '%s' and '%s'", seed, glob, key)
                    .isTrue();
            assertThat(pattern.matches(key))
                    .as("%s: '%s' and '%s'", seed, glob, key)
                    .isEqualTo(matches(tokens, key.codePoints().toArray(), 0));
        }
    }

    private static boolean matches(List<Token> tokens, int[] key, int at) {
        if (tokens.isEmpty()) {
            return at == key.length;
        }
        Token first = tokens.get(0);
        List<Token> rest = tokens.subList(1, tokens.size());
        return first.isStar()
                ? matches(rest, key, at) || (at < key.length && matches(tokens, key, at + 1))
                : at < key.length && first.accepts(key[at]) && matches(rest, key, at + 1);
    }

    /** A part of a glob together with the characters that it accepts; those of a star are empty. */
    private record Token(String glob, String accepted, boolean negated) {

        static Token random(Random random) {
            return switch (random.nextInt(8)) {
                case 0, 1 -> new Token("*", "", false);
                case 2 -> new Token("?", "", true);
                case 3 -> new Token("[ab]", "ab", false);
                case 4 -> new Token("[^b-c*]", "bc*", true);
                case 5 -> new Token("\\*", "*", false);
                case 6 -> new Token("\uD83D\uDE00", "\uD83D\uDE00", false);
                default -> new Token("a", "a", false);
            };
        }

        boolean isStar() {
            return accepted.isEmpty() && !negated;
        }

        boolean accepts(int codePoint) {
            return negated != accepted.codePoints().anyMatch(each -> each == codePoint);
        }
    }

    /** Short, so that matches are frequent, and with halves of a surrogate pair now and then. */
    private static String text(Random random) {
        String alphabet = "aaabbc*?[]^-\\\uD83D\uDE00";
        StringBuilder text = new StringBuilder();
        for (int n = random.nextInt(7); n > 0; n--) {
            text.append(random.nextInt(8) == 0 ? "\uD83D\uDE00" : alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
