package io.larder.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WordsTest {

    private static final int LINES = 20_000;

    @Test
    void splitsAtBlanks() {
        assertThat(Words.of("")).isEmpty();
        assertThat(Words.of(" \t ")).isEmpty();
        assertThat(Words.of("  set a\t1 \r")).containsExactly("set", "a", "1");
    }

    @Test
    void quotesKeepBlanksTogether() {
        assertThat(Words.of("set 'a b' \"c d\" '' \"\"")).containsExactly("set", "a b", "c d", "", "");
        assertThat(Words.of("'a\\b \"c\"' \"a\\\"b \\\\ \\n 'c'\"")).containsExactly("a\\b \"c\"", "a\"b \\ \\n 'c'");
    }

    @Test
    void jsonNeedsNoQuotes() {
        assertThat(Words.of("set a {\"n\":1} --ttl 1h")).containsExactly("set", "a", "{\"n\":1}", "--ttl", "1h");
        assertThat(Words.of("set a {\"n\": [1, {}], \"s\": \"} \\\" ]\"} x"))
                .containsExactly("set", "a", "{\"n\": [1, {}], \"s\": \"} \\\" ]\"}", "x");
        assertThat(Words.of("[1, 2] [] {}")).containsExactly("[1, 2]", "[]", "{}");
    }

    @Test
    void aBracketMayBeginAGlobToo() {
        assertThat(Words.of("keys [a-z]*:\\* x")).containsExactly("keys", "[a-z]*:\\*", "x");
        assertThat(Words.of("set a {open x")).containsExactly("set", "a", "{open", "x");
    }

    @Test
    void insideAWordAQuoteIsACharacterAndABackslashTakesTheNext() {
        assertThat(Words.of("it's a\"b {x}\"y\" a\\ b \\'c \\{ \\\\"))
                .containsExactly("it's", "a\"b", "{x}\"y\"", "a b", "'c", "{", "\\");
    }

    @Test
    void whatIsCutOffIsRefused() {
        assertThatThrownBy(() -> Words.of("set 'a b"))
                .hasMessage("The quote at character 5 is not closed. Write ' where the word ends");
        assertThatThrownBy(() -> Words.of("set \"a\"b"))
                .hasMessage("The word that begins at character 5 goes on after its quote."
                        + " Put a blank there, or the whole word in quotes");
        assertThatThrownBy(() -> Words.of("set a\\"))
                .hasMessage("The line ends after a backslash. Write \\\\ for the character itself");
    }

    @Test
    void everyWordCanBeWrittenInDoubleQuotesOrWithBackslashes() {
        long seed = seed();
        Random random = new Random(seed);
        for (int i = 0; i < LINES; i++) {
            List<String> words = words(random);
            StringBuilder quoted = new StringBuilder();
            StringBuilder escaped = new StringBuilder();
            for (String word : words) {
                quoted.append(" \"")
                        .append(word.replaceAll("[\"\\\\]", "\\\\$0"))
                        .append('"');
                escaped.append(' ').append(word.isEmpty() ? "''" : word.replaceAll("[\\s\\S]", "\\\\$0"));
            }

            assertThat(Words.of(quoted.toString()))
                    .as("line %2$d, again with -Dlarder.seed=%1$d", seed, i)
                    .isEqualTo(words);
            assertThat(Words.of(escaped.toString()))
                    .as("line %2$d, again with -Dlarder.seed=%1$d", seed, i)
                    .isEqualTo(words);
        }
    }

    @Test
    void everyJsonSurvivesUnquoted() {
        long seed = seed();
        Random random = new Random(seed);
        for (int i = 0; i < LINES; i++) {
            String json = JsonText.write(words(random));

            assertThat(Words.of("set a " + json + " --ttl 1h"))
                    .as("line %2$d, again with -Dlarder.seed=%1$d", seed, i)
                    .containsExactly("set", "a", json, "--ttl", "1h");
            assertThat(JsonText.write(JsonText.valueOf(json))).isEqualTo(json);
        }
    }

    @Test
    void anyLineIsSplitOrRefusedButNeverBreaksIt() {
        long seed = seed();
        Random random = new Random(seed);
        for (int i = 0; i < LINES; i++) {
            String line = String.join(" ", words(random));
            try {
                assertThat(Words.of(line))
                        .as("line %2$d, again with -Dlarder.seed=%1$d", seed, i)
                        .doesNotContainNull();
            } catch (IllegalArgumentException refused) {
                assertThat(refused)
                        .as("line %2$d, again with -Dlarder.seed=%1$d", seed, i)
                        .hasMessageMatching(".*(Write|Put) .*");
            }
        }
    }

    private static long seed() {
        return Long.getLong("larder.seed", new Random().nextInt(Integer.MAX_VALUE));
    }

    private static List<String> words(Random random) {
        String characters = "ab \t'\"\\{}[]:,é😀";
        List<String> words = new ArrayList<>();
        for (int count = random.nextInt(5); count > 0; count--) {
            StringBuilder word = new StringBuilder();
            for (int length = random.nextInt(8); length > 0; length--) {
                int at = random.nextInt(characters.codePointCount(0, characters.length()));
                word.appendCodePoint(characters.codePointAt(characters.offsetByCodePoints(0, at)));
            }
            words.add(word.toString());
        }
        return words;
    }
}
