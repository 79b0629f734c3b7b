package io.larder.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.CodecException;
import io.larder.ConfigException;
import io.larder.spi.KeyCodec;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodecsTest {

    enum Rank {
        LOW,
        HIGH {
            @Override
            public String toString() {
                return "very high";
            }
        }
    }

    @Nested
    class Strings {

        private final StringCodec codec = new StringCodec();

        @ParameterizedTest
        @ValueSource(strings = {"", "a", "Ånn", "\uD83D\uDE00", "\u0000\n", "\uFFFE"})
        void comeBackEqual(String text) {
            assertThat(codec.decode(codec.encode(text))).isEqualTo(text);
        }

        @Test
        void anUnpairedSurrogateIsRefused() {
            assertThatThrownBy(() -> codec.encode("secret\uD83D"))
                    .isInstanceOf(CodecException.class)
                    .hasMessage("Cannot write a string of 7 characters as UTF-8");
        }

        @Test
        void brokenUtf8IsRefused() {
            for (byte[] broken : List.of(
                    new byte[] {(byte) 0xC3}, new byte[] {(byte) 0xC0, (byte) 0x80}, new byte[] {(byte) 0xFF})) {
                assertThatThrownBy(() -> codec.decode(broken))
                        .isInstanceOf(CodecException.class)
                        .hasMessage("The " + broken.length + " bytes are not UTF-8");
            }
        }
    }

    @Nested
    class Bytes {

        @Test
        void areCopiedInBothDirections() {
            BytesCodec codec = new BytesCodec();
            byte[] given = {1, 2};

            byte[] encoded = codec.encode(given);
            byte[] decoded = codec.decode(encoded);

            assertThat(encoded).isEqualTo(given).isNotSameAs(given);
            assertThat(decoded).isEqualTo(given).isNotSameAs(encoded);
        }
    }

    @Nested
    class Decimals {

        private final DecimalCodec codec = new DecimalCodec();

        @ParameterizedTest
        @ValueSource(longs = {0, 1, -1, Long.MAX_VALUE, Long.MIN_VALUE})
        void areTheirDigits(long number) {
            assertThat(codec.encode(number)).isEqualTo(Long.toString(number).getBytes(US_ASCII));
            assertThat(codec.decode(codec.encode(number))).isEqualTo(number);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", " 1", "1 ", "1.0", "0x1", "-", "9223372036854775808", "000000000000000000001", "é"})
        void anythingElseIsRefused(String text) {
            byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);

            assertThatThrownBy(() -> codec.decode(bytes))
                    .isInstanceOf(CodecException.class)
                    .hasMessage("The " + bytes.length + " bytes are not a decimal integer of 64 bits");
        }
    }

    @Nested
    class Keys {

        private static <K> void comesBack(Class<K> type, K key, String text) {
            KeyCodec<K> codec = KeyCodecs.of(type);

            assertThat(codec.encode(key)).isEqualTo(text);
            assertThat(codec.decode(text)).isEqualTo(key);
        }

        @Test
        void commonTypesNeedNoCodec() {
            comesBack(String.class, "any \u0000 thing", "any \u0000 thing");
            comesBack(Long.class, Long.MIN_VALUE, "-9223372036854775808");
            comesBack(Integer.class, 42, "42");
            comesBack(Short.class, (short) -1, "-1");
            comesBack(Byte.class, (byte) 7, "7");
            comesBack(UUID.class, new UUID(1, 2), "00000000-0000-0001-0000-000000000002");
        }

        @Test
        void enumsAreTheirNames() {
            comesBack(Rank.class, Rank.LOW, "LOW");
            comesBack(Rank.class, Rank.HIGH, "HIGH");
        }

        @Test
        void whatIsNoKeyIsRefused() {
            assertThatThrownBy(() -> KeyCodecs.of(Integer.class).decode("3000000000"))
                    .isInstanceOf(CodecException.class)
                    .hasMessage("The key '3000000000' is no Integer");
            assertThatThrownBy(() -> KeyCodecs.of(UUID.class).decode("x")).isInstanceOf(CodecException.class);
            assertThatThrownBy(() -> KeyCodecs.of(Rank.class).decode("MIDDLE"))
                    .isInstanceOf(CodecException.class)
                    .hasMessage("The key 'MIDDLE' is no Rank");
        }

        @Test
        void otherTypesNeedACodec() {
            assertThatThrownBy(() -> KeyCodecs.of(StringBuilder.class))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("java.lang.StringBuilder")
                    .hasMessageContaining("keyCodec(…)");
        }
    }
}
