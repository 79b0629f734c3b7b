package io.larder.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.larder.codec.BytesCodec;
import io.larder.codec.DecimalCodec;
import io.larder.codec.StringCodec;
import io.larder.codec.ZlibProvider;
import io.larder.spi.Codec;
import io.larder.url.Parameters;
import java.util.List;
import java.util.Map;
import java.util.Random;
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
    class Zlib extends CodecContract<byte[]> {

        @Override
        protected Codec<byte[], byte[]> codec() {
            return new ZlibProvider().open(new Parameters(Map.of("threshold", "20B"), ""));
        }

        @Override
        protected List<byte[]> samples() {
            byte[] random = new byte[1_000];
            new Random(1).nextBytes(random);
            return List.of(
                    new byte[0],
                    new byte[] {0},
                    new byte[] {1, -1, 127, -128},
                    new byte[19],
                    new byte[20],
                    new byte[100_000],
                    "long ".repeat(100).getBytes(US_ASCII),
                    random);
        }
    }

    @Nested
    class Chained extends CodecContract<String> {

        @Override
        protected Codec<String, byte[]> codec() {
            return new StringCodec().then(new ZlibProvider().open(Parameters.NONE));
        }

        @Override
        protected List<String> samples() {
            return List.of("", "a", "🦝", "long ".repeat(10_000));
        }

        @Override
        protected List<String> refused() {
            return List.of("\uD83E");
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
