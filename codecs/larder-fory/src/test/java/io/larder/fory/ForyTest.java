package io.larder.fory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.larder.CodecException;
import io.larder.ConfigException;
import io.larder.TypeRef;
import io.larder.spi.Codec;
import io.larder.spi.CodecProvider;
import io.larder.testkit.CodecContract;
import io.larder.url.CodecChain;
import java.io.Serializable;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.fory.Fory;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ForyTest {

    private static final String OWN = ForyTest.class.getName() + "$";
    private static final AtomicBoolean GADGET_RAN = new AtomicBoolean();

    public enum Rank {
        LOW,
        HIGH
    }

    public record Line(String article, int count, double price) {}

    public record Order(UUID id, Rank rank, Instant at, BigDecimal total, List<Line> lines, Map<String, Long> counts) {}

    public record Box(Object content) {}

    /** Does something when it is put into a map, as the links of a gadget chain do. */
    public static final class Gadget implements Serializable {

        @Override
        public int hashCode() {
            GADGET_RAN.set(true);
            return 1;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Gadget;
        }
    }

    private static <V> Codec<V, byte[]> codec(TypeRef<V> type, String parameters) {
        String given = parameters.isEmpty() ? "" : "(" + parameters + ")";
        return new ForyProvider()
                .open(type, CodecChain.parse("fory" + given).steps().get(0).parameters());
    }

    private static Order order(int lines) {
        List<Line> listed = new ArrayList<>();
        for (int i = 0; i < lines; i++) {
            listed.add(new Line("article " + i, i, 0.5 * i));
        }
        return new Order(new UUID(1, 2), Rank.HIGH, Instant.EPOCH, new BigDecimal("1.50"), listed, Map.of("ä🦝", 7L));
    }

    @Nested
    class Typed extends CodecContract<Order> {

        private final Codec<Order, byte[]> codec =
                ForyTest.codec(TypeRef.of(Order.class), "classes=" + OWN + "Line;" + OWN + "Rank");

        @Override
        protected Codec<Order, byte[]> codec() {
            return codec;
        }

        @Override
        protected List<Order> samples() {
            return List.of(order(0), order(1), order(100));
        }

        @Override
        protected List<Order> refused() {
            return Arrays.asList((Order) null);
        }
    }

    @Nested
    class Untyped extends CodecContract<Object> {

        private final Codec<Object, byte[]> codec = ForyTest.codec(TypeRef.of(Object.class), "");

        @Override
        protected Codec<Object, byte[]> codec() {
            return codec;
        }

        @Override
        protected List<Object> samples() {
            return List.of(
                    "",
                    "text",
                    42,
                    3_000_000_000L,
                    new ArrayList<>(List.of(1, "a")),
                    new HashMap<>(Map.of(1, 2)),
                    ByteBuffer.wrap(new byte[] {1, 2}));
        }

        @Override
        protected List<Object> refused() {
            return List.of(new Line("a", 1, 1), Rank.LOW, new Gadget());
        }
    }

    @Test
    void isFoundByItsName() {
        assertThat(ServiceLoader.load(CodecProvider.class))
                .extracting(CodecProvider::name)
                .contains("fory");
    }

    @Test
    void theClassesOfTheTypeNeedNoMention() {
        Codec<List<Line>, byte[]> codec = codec(new TypeRef<>() {}, "");
        List<Line> lines = new ArrayList<>(List.of(new Line("a", 1, 2)));

        assertThat(codec.decode(codec.encode(lines))).isEqualTo(lines);
    }

    @Test
    void theOrderOfTheClassesDoesNotMatter() {
        byte[] bytes = codec(TypeRef.of(Order.class), "classes=" + OWN + "Line;" + OWN + "Rank")
                .encode(order(2));

        assertThat(codec(TypeRef.of(Order.class), "classes=" + OWN + "Rank;" + OWN + "Box;" + OWN + "Line")
                        .decode(bytes))
                .isEqualTo(order(2));
    }

    @Test
    void aGadgetIsRefusedBeforeItsCodeRuns() {
        Fory open =
                Fory.builder().withXlang(false).requireClassRegistration(false).build();
        Map<Object, Object> chain = new HashMap<>();
        chain.put(new Gadget(), "value");
        List<byte[]> payloads =
                List.of(open.serialize(new Gadget()), open.serialize(chain), open.serialize(new Box(chain)));
        Codec<Object, byte[]> codec = codec(TypeRef.of(Object.class), "classes=" + OWN + "Box");
        GADGET_RAN.set(false);

        for (byte[] payload : payloads) {
            assertThatThrownBy(() -> codec.decode(payload)).isInstanceOf(CodecException.class);
        }

        assertThat(GADGET_RAN).isFalse();
        open.deserialize(payloads.get(1));
        assertThat(GADGET_RAN).as("the gadget works where it is let in").isTrue();
    }

    /** Wherever a length may be: each byte of several values in turn is replaced by the varint of 2^30. */
    @Test
    void aLengthOfAThousandMillionAllocatesNothing() {
        Codec<Object, byte[]> codec = codec(TypeRef.of(Object.class), "classes=" + OWN + "Line");
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        byte[] huge = {-128, -128, -128, -128, 4};
        for (Object value : List.of(
                "text",
                "ä🦝",
                new byte[] {1, 2},
                new int[] {1, 2},
                new long[] {1, 2},
                new String[] {"a"},
                new ArrayList<>(List.of(1, 2)),
                new HashMap<>(Map.of("a", 1)),
                new Line("a", 1, 2))) {
            byte[] whole = codec.encode(value);
            for (int at = 0; at < whole.length; at++) {
                byte[] bomb = ByteBuffer.allocate(whole.length + 4)
                        .put(whole, 0, at)
                        .put(huge)
                        .put(whole, at + 1, whole.length - at - 1)
                        .array();
                long before = thread.getCurrentThreadAllocatedBytes();
                try {
                    codec.decode(bomb);
                } catch (CodecException refused) {
                    assertThat(refused).hasMessageStartingWith("Cannot read " + bomb.length + " bytes by Fory");
                }
                assertThat(thread.getCurrentThreadAllocatedBytes() - before)
                        .as("%s with a length at byte %s", value, at)
                        .isLessThan(8 << 20);
            }
        }
    }

    @Test
    void whatFollowsIsRefusedAndSoIsAnotherClass() {
        Codec<Line, byte[]> codec = codec(TypeRef.of(Line.class), "");
        byte[] line = codec.encode(new Line("a", 1, 2));

        assertThatThrownBy(() -> codec.decode(Arrays.copyOf(line, line.length + 1)))
                .isInstanceOf(CodecException.class)
                .hasMessageEndingWith("something follows the value");
        assertThatThrownBy(
                        () -> codec.decode(codec(TypeRef.of(String.class), "").encode("a")))
                .isInstanceOf(CodecException.class)
                .hasMessageEndingWith("they are of another class");
    }

    @Test
    void depthIsBounded() {
        Object nested = "core";
        for (int i = 0; i < 100; i++) {
            nested = new ArrayList<>(List.of(nested));
        }
        byte[] bytes = codec(TypeRef.of(Object.class), "max-depth=200").encode(nested);

        assertThatThrownBy(() -> codec(TypeRef.of(Object.class), "").decode(bytes))
                .isInstanceOf(CodecException.class);
    }

    @Test
    void whatCannotWorkIsRefused() {
        assertThatThrownBy(() -> codec(TypeRef.of(Object.class), "classes=com.acme.Nobody"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("There is no class 'com.acme.Nobody', which 'classes' of codec 'fory' names");
        assertThatThrownBy(() -> codec(TypeRef.of(Object.class), "max-size=0B")).isInstanceOf(ConfigException.class);
    }
}
