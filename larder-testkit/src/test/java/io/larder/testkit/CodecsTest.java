package io.larder.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.larder.TypeRef;
import io.larder.codec.AesGcmProvider;
import io.larder.codec.BytesCodec;
import io.larder.codec.DecimalCodec;
import io.larder.codec.HmacProvider;
import io.larder.codec.JavaProvider;
import io.larder.codec.Keyring;
import io.larder.codec.StringCodec;
import io.larder.codec.ZlibProvider;
import io.larder.spi.Codec;
import io.larder.url.Parameters;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
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
    class Java extends CodecContract<Object> {

        @Override
        protected Codec<Object, byte[]> codec() {
            Parameters allow = new Parameters(Map.of("allow", "java.util.*;java.time.*;java.math.*"), "");
            return new JavaProvider().open(TypeRef.of(Object.class), allow);
        }

        @Override
        protected List<Object> samples() {
            return List.of(
                    "text",
                    42L,
                    Instant.EPOCH,
                    new BigDecimal("1.50"),
                    List.of(),
                    Map.of("a", Arrays.asList(1, null, Set.of("b")), "b", new HashMap<>(Map.of(1, 2))),
                    new HashSet<>(List.of(1, 2, 3)));
        }

        @Override
        protected List<Object> refused() {
            return Arrays.asList(null, new Object(), new AtomicBoolean());
        }
    }

    @Nested
    class AesGcm extends CodecContract<byte[]> {

        @Override
        protected Codec<byte[], byte[]> codec() {
            return new AesGcmProvider(Keyring.of(new byte[32])).open(Parameters.NONE);
        }

        @Override
        protected List<byte[]> samples() {
            return List.of(new byte[0], new byte[] {0}, new byte[] {1, -1, 127, -128}, new byte[10_000]);
        }
    }

    @Nested
    class Hmac extends CodecContract<byte[]> {

        @Override
        protected Codec<byte[], byte[]> codec() {
            return new HmacProvider(Keyring.of(new byte[32])).open(Parameters.NONE);
        }

        @Override
        protected List<byte[]> samples() {
            return List.of(new byte[0], new byte[] {0}, new byte[] {1, -1, 127, -128}, new byte[10_000]);
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
