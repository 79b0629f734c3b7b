package io.larder.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.CodecException;
import io.larder.Seed;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyBytesTest {

    private static final int ROUNDS = 50_000;

    private final Seed seed = new Seed();

    @ParameterizedTest
    @ValueSource(strings = {"", "user:42", "a b\n\u0000*?[]", "Ånn", "\u20AC", "\uFFFD", "\uFFFF", "\uD83D\uDE00"})
    void areUtf8WhereThatExists(String text) {
        assertThat(KeyBytes.encode(text)).isEqualTo(text.getBytes(UTF_8));
        assertThat(KeyBytes.decode(KeyBytes.encode(text))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "\uD83D, eda0bd",
        "\uDE00, edb880",
        "\uDE00\uD83D, edb880eda0bd",
        "a\uD83Db, 61eda0bd62",
        "\uD83D\uD83D\uDE00, eda0bdf09f9880",
        "\uFFFD\uDFFF, efbfbdedbfbf"
    })
    void tellUnpairedSurrogatesApart(String text, String hex) {
        assertThat(HexFormat.of().formatHex(KeyBytes.encode(text))).isEqualTo(hex);
        assertThat(KeyBytes.decode(KeyBytes.encode(text))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ff",
                "80",
                "c3",
                "c080",
                "e08080",
                "f0808080",
                "eda0bdedb880",
                "edb8",
                "f4908080",
                "f8",
                "61ff",
                "e282",
                "c3efbfbd",
                "7fc1bf"
            })
    void refuseWhatNobodyWrote(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);

        assertThatThrownBy(() -> KeyBytes.decode(bytes))
                .isInstanceOf(CodecException.class)
                .hasMessage("The " + bytes.length + " bytes are no key: not UTF-8, nor what KeyBytes writes");
    }

    @Test
    void randomTextsComeBackAndShareNoBytes() {
        Random random = seed.random();
        Map<String, String> textByBytes = new HashMap<>();
        for (int i = 0; i < ROUNDS; i++) {
            String text = text(random);

            byte[] bytes = KeyBytes.encode(text);

            assertThat(KeyBytes.decode(bytes)).as("%s", seed).isEqualTo(text);
            assertThat(KeyBytes.areOf(text, bytes, 0, bytes.length))
                    .as("%s", seed)
                    .isTrue();
            String other = textByBytes.put(HexFormat.of().formatHex(bytes), text);
            assertThat(other == null || other.equals(text)).as("%s", seed).isTrue();
        }
    }

    @Test
    void randomBytesAreRefusedOrComeBack() {
        Random random = seed.random();
        byte[] lead = {'a', (byte) 0xC3, (byte) 0xED, (byte) 0xE2, (byte) 0xF0, (byte) 0xF4, (byte) 0xA0, (byte) 0x80};
        for (int i = 0; i < ROUNDS; i++) {
            byte[] bytes = new byte[random.nextInt(7)];
            random.nextBytes(bytes);
            for (int at = 0; at < bytes.length; at++) {
                bytes[at] = random.nextBoolean() ? bytes[at] : lead[random.nextInt(lead.length)];
            }

            String text;
            try {
                text = KeyBytes.decode(bytes);
            } catch (CodecException refused) {
                continue;
            }
            assertThat(KeyBytes.encode(text)).as("%s", seed).isEqualTo(bytes);
        }
    }

    @Test
    void areComparedWhereTheyLie() {
        byte[] bytes = KeyBytes.encode("xÅnn\uD83Dab");

        assertThat(KeyBytes.areOf("Ånn\uD83D", bytes, 1, bytes.length - 2)).isTrue();
        assertThat(KeyBytes.areOf("ab", bytes, bytes.length - 2, bytes.length)).isTrue();
        assertThat(KeyBytes.areOf("a", bytes, bytes.length - 2, bytes.length)).isFalse();
        assertThat(KeyBytes.areOf("abc", bytes, bytes.length - 2, bytes.length)).isFalse();
        assertThat(KeyBytes.areOf("Ann", bytes, 1, 4)).isFalse();
        assertThat(KeyBytes.areOf("", bytes, 3, 3)).isTrue();
        // Bytes are signed and characters are not.
        assertThat(KeyBytes.areOf("\uFFC3", new byte[] {(byte) 0xC3}, 0, 1)).isFalse();
    }

    private static String text(Random random) {
        String alphabet = "ab?\u0000\u007F\u0080Å\u07FF\u0800\u20AC\uD7FF\uE000\uFFFD\uFFFF";
        StringBuilder text = new StringBuilder();
        for (int n = random.nextInt(5); n > 0; n--) {
            switch (random.nextInt(4)) {
                case 0 -> text.append((char) (Character.MIN_SURROGATE + random.nextInt(0x800)));
                case 1 -> text.appendCodePoint(random.nextInt(Character.MAX_CODE_POINT + 1));
                default -> text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
        }
        return text.toString();
    }
}
