package io.larder.testkit;

import io.larder.codec.BytesCodec;
import io.larder.codec.DecimalCodec;
import io.larder.codec.StringCodec;
import io.larder.spi.Codec;
import java.util.List;
import org.junit.jupiter.api.Nested;

class CodecsTest {

    @Nested
    class Bytes extends CodecContract<byte[]> {

        @Override
        protected Codec<byte[], byte[]> codec() {
            return new BytesCodec();
        }

        @Override
        protected List<byte[]> samples() {
            return List.of(new byte[0], new byte[] {0}, new byte[] {1, -1, 127, -128}, new byte[100_000]);
        }
    }

    @Nested
    class Strings extends CodecContract<String> {

        @Override
        protected Codec<String, byte[]> codec() {
            return new StringCodec();
        }

        @Override
        protected List<String> samples() {
            return List.of("", "a", "\0", "né à Zürich", "🦝", "\uFEFF", "\uFFFF", "long ".repeat(10_000));
        }

        @Override
        protected List<String> refused() {
            return List.of("\uD83E", "a\uDD9D", "\uDD9D\uD83E");
        }
    }

    @Nested
    class Decimals extends CodecContract<Long> {

        @Override
        protected Codec<Long, byte[]> codec() {
            return new DecimalCodec();
        }

        @Override
        protected List<Long> samples() {
            return List.of(0L, 1L, -1L, 42L, Long.MAX_VALUE, Long.MIN_VALUE);
        }
    }
}
