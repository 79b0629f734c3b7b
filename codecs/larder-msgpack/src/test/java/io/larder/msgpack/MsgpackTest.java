package io.larder.msgpack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.larder.CodecException;
import io.larder.ConfigException;
import io.larder.TypeRef;
import io.larder.spi.Codec;
import io.larder.spi.CodecProvider;
import io.larder.testkit.CodecContract;
import io.larder.url.Parameters;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MsgpackTest {

    enum Rank {
        LOW,
        HIGH
    }

    record User(String name, int age) {}

    record Everything(
            UUID id,
            Rank rank,
            Instant at,
            Duration took,
            BigDecimal exact,
            BigInteger large,
            BigInteger huge,
            float half,
            double whole,
            Optional<String> maybe,
            Map<Integer, List<User>> users) {}

    private static final Everything EVERYTHING = new Everything(
            new UUID(1, 2),
            Rank.HIGH,
            Instant.parse("2026-01-02T03:04:05.000000006Z"),
            Duration.ofMillis(90_001),
            new BigDecimal("1.10"),
            new BigInteger("18446744073709551615"),
            BigInteger.TWO.pow(100),
            0.5f,
            Double.NaN,
            Optional.empty(),
            Map.of(7, List.of(new User("Ånn 🦝", -1))));

    private static <V> Codec<V, byte[]> codec(TypeRef<V> type) {
        return new MsgpackProvider().open(type, Parameters.NONE);
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    @Nested
    class Typed extends CodecContract<List<Everything>> {

        @Override
        protected Codec<List<Everything>, byte[]> codec() {
            return MsgpackTest.codec(new TypeRef<>() {});
        }

        @Override
        protected List<List<Everything>> samples() {
            return List.of(List.of(), List.of(EVERYTHING), List.of(EVERYTHING, EVERYTHING));
        }
    }

    @Nested
    class Untyped extends CodecContract<Object> {

        @Override
        protected Codec<Object, byte[]> codec() {
            return MsgpackTest.codec(TypeRef.of(Object.class));
        }

        @Override
        protected List<Object> samples() {
            return List.of(
                    "",
                    "text",
                    "long ".repeat(20_000),
                    true,
                    42,
                    -33,
                    3_000_000_000L,
                    Long.MIN_VALUE,
                    1.5,
                    List.of(),
                    Map.of("a", List.of(1, Map.of("b", "c")), "", Arrays.asList(null, "d")));
        }

        @Override
        protected List<Object> refused() {
            return Arrays.asList(null, new Object(), "\uD83E", Map.of("\uD83E", 1));
        }
    }

    @Test
    void isFoundByItsName() {
        assertThat(ServiceLoader.load(CodecProvider.class))
                .extracting(CodecProvider::name)
                .contains("msgpack");
    }

    @Test
    void theBytesAreWhatOtherLanguagesWrite() {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("name", "Ann");
        value.put("n", 42);
        value.put("l", Arrays.asList(1, 2.5, null, true));
        value.put("u", "é☃");
        byte[] python = bytes("84a46e616d65a3416e6ea16e2aa16c9401cb4004000000000000c0c3a175a5c3a9e29883");

        assertThat(codec(TypeRef.of(Object.class)).encode(value)).isEqualTo(python);
        assertThat(codec(TypeRef.of(Object.class)).decode(python)).isEqualTo(value);
    }

    @Test
    void rawBytesStayRaw() {
        Codec<List<byte[]>, byte[]> codec = codec(new TypeRef<>() {});

        assertThat(codec.encode(List.of(new byte[] {0, -1}))).isEqualTo(bytes("91 c402 00ff"));
        assertThat(codec.decode(bytes("91 c402 00ff")).get(0)).containsExactly(0, -1);
    }

    /** A binary, a string, an array and a map, each alone and in the place of an element, that say they have 2^30 bytes or elements. */
    @ParameterizedTest
    @ValueSource(
            strings = {"c6 40000000 00", "db 40000000 61", "dd 40000000 00", "df 40000000 a161", "df ffffffff a161"})
    void aLengthThatIsNotThereAllocatesNothing(String hex) {
        Codec<Object, byte[]> codec = codec(TypeRef.of(Object.class));
        assertThat(codec.decode(codec.encode(List.of(1)))).isEqualTo(List.of(1));
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (String nested : List.of(hex, "92 01" + hex, "81 a161" + hex)) {
            byte[] bomb = bytes(nested);
            long before = thread.getCurrentThreadAllocatedBytes();

            assertThatThrownBy(() -> codec.decode(bomb))
                    .isInstanceOf(CodecException.class)
                    .hasMessageContaining(" would have to fit into ");

            assertThat(thread.getCurrentThreadAllocatedBytes() - before).isLessThan(1 << 20);
        }
    }

    @Test
    void depthIsBounded() {
        byte[] deep = new byte[100_000];
        Arrays.fill(deep, (byte) 0x91);
        deep[deep.length - 1] = 1;

        assertThatThrownBy(() -> codec(TypeRef.of(Object.class)).decode(deep))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("nested more than 500 deep");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "c0",
                "c1",
                "93 01 02",
                "d4 01 00",
                "c7 00 01",
                "82 a46e616d65 a3416e6e a3616765 01 00",
                "81 a46e616d65 a3416e6e",
                "83 a46e616d65 a3416e6e a3616765 01 a178 01",
                "82 a46e616d65 a3416e6e a3616765 cb3ff8000000000000",
                "82 a46e616d65 a3416e6e a3616765 ce b2d05e00",
                "82 01 a3416e6e a3616765 01",
                "82 a46e616d65 a2ff6e a3616765 01"
            })
    void whatIsNoUserIsRefused(String hex) {
        assertThatThrownBy(() -> codec(TypeRef.of(User.class)).decode(bytes(hex)))
                .isInstanceOf(CodecException.class)
                .hasMessageStartingWith(
                        "Cannot read " + bytes(hex).length + " bytes as MessagePack of " + User.class.getName() + ": ");
    }

    @Test
    void aTypeThatCannotBeIsRefused() {
        assertThatThrownBy(
                        () -> codec(new TypeRef<List<? extends Unknown>>() {}).decode(bytes("91 81 a161 01")))
                .isInstanceOfAny(CodecException.class, ConfigException.class);
    }

    interface Unknown {}
}
