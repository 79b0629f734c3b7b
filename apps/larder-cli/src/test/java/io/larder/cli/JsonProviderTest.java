package io.larder.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.CodecException;
import io.larder.TypeRef;
import io.larder.jackson.JacksonCodec;
import io.larder.spi.Codec;
import io.larder.testkit.CodecContract;
import io.larder.url.Parameters;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The codec {@code json} of the command line, which programs read with the one of larder-jackson. */
class JsonProviderTest extends CodecContract<Object> {

    @Override
    protected Codec<Object, byte[]> codec() {
        return open(Object.class);
    }

    @Override
    protected List<Object> samples() {
        return List.of(
                "",
                "zwei Wörter",
                0L,
                Long.MIN_VALUE,
                new BigInteger("123456789012345678901234567890"),
                new BigDecimal("0.10"),
                true,
                List.of(),
                Arrays.asList(1L, null, "x"),
                Map.of("n", Map.of("a", List.of(false))));
    }

    @Override
    protected List<Object> refused() {
        Object nested = List.of();
        for (int depth = 0; depth < 2_000; depth++) {
            nested = List.of(nested);
        }
        return List.of(nested);
    }

    @Test
    void programsReadWhatItWritesAndItReadsWhatTheyWrite() {
        Codec<Object, byte[]> programs = JacksonCodec.of(TypeRef.of(Object.class));
        Object value = Map.of("s", "x\"ü", "n", 5, "list", Arrays.asList(true, null, new BigDecimal("2.5")));

        assertThat(programs.decode(codec().encode(value))).isEqualTo(value);
        assertThat(codec().encode(codec().decode(programs.encode(value)))).isEqualTo(programs.encode(value));
    }

    @Test
    void nullAndMoreThanOneValueAreNoValue() {
        for (String stored : List.of("null", "", "1 2", "{\"secret\":")) {
            assertThatThrownBy(() -> codec().decode(stored.getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(CodecException.class)
                    .hasMessageStartingWith("Cannot read " + stored.length() + " bytes as JSON")
                    .hasMessageNotContaining("secret");
        }
    }

    @Test
    void otherTypesAreLeftToJackson() {
        Codec<Duration, byte[]> durations = open(Duration.class);

        assertThat(durations.decode(durations.encode(Duration.ofSeconds(5)))).isEqualTo(Duration.ofSeconds(5));
    }

    private static <V> Codec<V, byte[]> open(Class<V> type) {
        return new JsonProvider().open(TypeRef.of(type), Parameters.NONE);
    }
}
