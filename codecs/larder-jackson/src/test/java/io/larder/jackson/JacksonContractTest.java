package io.larder.jackson;

import io.larder.TypeRef;
import io.larder.spi.Codec;
import io.larder.testkit.CodecContract;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;

/** The contract, once for a type that is known and once for none. */
class JacksonContractTest {

    record Order(long id, String customer, Instant at, List<Line> lines) {}

    record Line(String article, int count, double price) {}

    @Nested
    class Typed extends CodecContract<List<Order>> {

        @Override
        protected Codec<List<Order>, byte[]> codec() {
            return JacksonCodec.of(new TypeRef<>() {});
        }

        @Override
        protected List<List<Order>> samples() {
            Order small = new Order(Long.MIN_VALUE, "", Instant.EPOCH, List.of());
            Order large = new Order(
                    42,
                    "Ånn \uD83D\uDE00 \u0000",
                    Instant.MAX,
                    List.of(new Line("a", 1, 0.1), new Line("b", -1, Double.MIN_VALUE), new Line("c", 0, Double.NaN)));
            Order halfASurrogatePair = new Order(0, "\uD83D", Instant.EPOCH, List.of());
            return List.of(List.of(), List.of(small), List.of(large, small), List.of(halfASurrogatePair));
        }

        @Override
        protected List<List<Order>> refused() {
            return Arrays.asList((List<Order>) null);
        }
    }

    @Nested
    class Untyped extends CodecContract<Object> {

        @Override
        protected Codec<Object, byte[]> codec() {
            return JacksonCodec.of(TypeRef.of(Object.class));
        }

        @Override
        protected List<Object> samples() {
            return List.of(
                    "",
                    "text",
                    true,
                    42,
                    3_000_000_000L,
                    new BigDecimal("1.50"),
                    List.of(),
                    Map.of(),
                    Map.of("a", List.of(1, Map.of("b", "c")), "", Arrays.asList(null, "d")));
        }

        @Override
        protected List<Object> refused() {
            List<Object> ring = new ArrayList<>();
            ring.add(ring);
            return List.of(ring, new Object());
        }
    }
}
