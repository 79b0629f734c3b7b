package io.larder.pickle;

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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PickleTest {

    enum Rank {
        LOW,
        HIGH
    }

    record User(String name, int age) {}

    record Page<T>(T first, List<T> items, Optional<Page<T>> next) {}

    record Everything(
            UUID id,
            Rank rank,
            Instant at,
            LocalDate day,
            Duration took,
            BigDecimal exact,
            BigInteger large,
            float half,
            double whole,
            char letter,
            Byte small,
            Optional<String> maybe,
            String none,
            Set<Rank> ranks,
            Deque<String> queue,
            SortedMap<Integer, List<User>> users) {}

    @SuppressWarnings("JdkObsolete") // What a deque is.
    private static final Everything EVERYTHING = new Everything(
            new UUID(1, 2),
            Rank.HIGH,
            Instant.parse("2026-01-02T03:04:05.000006Z"),
            LocalDate.of(2026, 2, 28),
            Duration.ofMillis(-90_001),
            new BigDecimal("1.10"),
            BigInteger.TWO.pow(100),
            0.1f,
            Double.NaN,
            'é',
            (byte) -3,
            Optional.empty(),
            null,
            Set.of(Rank.LOW),
            new LinkedList<>(List.of("a", "b")),
            new TreeMap<>(Map.of(7, List.of(new User("Ånn 🦝", -1)))));

    private static <V> Codec<V, byte[]> codec(TypeRef<V> type) {
        return new PickleProvider().open(type, Parameters.NONE);
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    private static byte[] ascii(String pickle) {
        return pickle.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Nested
    class Typed extends CodecContract<List<Everything>> {

        @Override
        protected Codec<List<Everything>, byte[]> codec() {
            return PickleTest.codec(new TypeRef<>() {});
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
            return PickleTest.codec(TypeRef.of(Object.class));
        }

        @SuppressWarnings("JdkObsolete") // What a deque is.
        @Override
        protected List<Object> samples() {
            return List.of(
                    "",
                    "\uD83E",
                    "long ".repeat(20_000),
                    true,
                    42,
                    3_000_000_000L,
                    BigInteger.ONE.shiftLeft(200),
                    1.5,
                    LocalDate.of(2026, 1, 1),
                    ZonedDateTime.parse("2024-10-27T02:30:00+01:00[Europe/Berlin]"),
                    new UUID(3, 4),
                    List.of(new UUID(3, 4), new BigDecimal("2.50")),
                    new LinkedList<>(List.of(1, 2)),
                    Set.of(List.of(1, "a")),
                    Map.of("a", Arrays.asList(1, null, Map.of("b", "c")), List.of(1, 2), "tuple"));
        }

        @Override
        protected List<Object> refused() {
            List<Object> deep = new ArrayList<>();
            List<Object> inner = deep;
            for (int i = 0; i < 100_000; i++) {
                List<Object> next = new ArrayList<>();
                inner.add(next);
                inner = next;
            }
            return Arrays.asList(
                    null, new Object(), deep, Map.of(new User("Ann", 1), 1), Instant.MAX, Duration.ofDays(1L << 40));
        }
    }

    @Test
    void isFoundByItsName() {
        assertThat(ServiceLoader.load(CodecProvider.class))
                .extracting(CodecProvider::name)
                .contains("pickle");
    }

    @Test
    void recordsAreDictsByFieldName() {
        byte[] dict = codec(TypeRef.of(Object.class)).encode(Map.of("name", "Ann", "age", 42));

        assertThat(codec(TypeRef.of(User.class)).decode(dict)).isEqualTo(new User("Ann", 42));
        assertThat(codec(TypeRef.of(Object.class))
                        .decode(codec(TypeRef.of(User.class)).encode(new User("Ann", 42))))
                .isEqualTo(Map.of("name", "Ann", "age", 42));
    }

    @Test
    void genericRecordsKnowWhatTheyAreOf() {
        User ann = new User("Ann", 42);
        Codec<Page<User>, byte[]> codec = codec(new TypeRef<>() {});
        Page<User> page = new Page<>(ann, List.of(ann), Optional.of(new Page<>(ann, List.of(), Optional.empty())));

        assertThat(codec.decode(codec.encode(page))).isEqualTo(page);
    }

    @Test
    void whatJavaHasMoreOfIsCutToMicroseconds() {
        Codec<Instant, byte[]> codec = codec(TypeRef.of(Instant.class));

        assertThat(codec.decode(codec.encode(Instant.parse("2026-01-02T03:04:05.123456789Z"))))
                .isEqualTo("2026-01-02T03:04:05.123456Z");
    }

    @Test
    void timesWithAZoneAreReadAsTheCacheSays() {
        byte[] pickle = codec(TypeRef.of(ZonedDateTime.class))
                .encode(ZonedDateTime.parse("2024-10-27T02:30:00+01:00[Europe/Berlin]"));

        assertThat(codec(TypeRef.of(Instant.class)).decode(pickle)).isEqualTo("2024-10-27T01:30:00Z");
        assertThat(codec(TypeRef.of(OffsetDateTime.class)).decode(pickle)).isEqualTo("2024-10-27T02:30+01:00");
    }

    /** The name is told; the module behind it is not looked for. */
    @ParameterizedTest
    @CsvSource({
        "'cos\nsystem\n(S''true''\ntR.', os.system",
        "'cposix\nsystem\n(Vtrue\ntR.', posix.system",
        "'(S''true''\nios\nsystem\n.', ''",
        "'cbuiltins\neval\n(V1\ntR.', builtins.eval",
        "'c__builtin__\ngetattr\n(cos\nsystem\nVx\ntR.', os.system",
        "'cbuiltins\ncomplex\n(F1\nF2\ntR.', builtins.complex",
        "'csubprocess\nPopen\n(Vtrue\ntR.', subprocess.Popen"
    })
    void anythingElseIsRefusedByNameAndNothingIsCalled(String pickle, String name) {
        assertThatThrownBy(() -> codec(TypeRef.of(Object.class)).decode(ascii(pickle)))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining(
                        name.isEmpty()
                                ? "stands for nothing in a pickle of plain types"
                                : "it names '" + name
                                        + "', which is none of the plain types that are read; nothing was called");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cbuiltins\ngetattr\n(cuuid\nUUID\nV__init__\ntR.",
                "cuuid\nUUID\n.",
                "cuuid\nUUID\n)\u0081.",
                "(cuuid\nUUID\nt.",
                "]cuuid\nUUID\na.",
                "ccopyreg\n_reconstructor\n(cdatetime\ndate\ncbuiltins\nobject\nNtR.",
                "cdatetime\ndate\n(Vx\ntR.",
                "cdatetime\ndate\n)R.",
                "cdatetime\ntimezone\n(I1\ntR.",
                "cdecimal\nDecimal\n(VNaN\ntR.",
                "czoneinfo\nZoneInfo\n(V../../etc/passwd\ntR.",
                "N}b.",
                "I1\nI2\n.",
                "I1\n.I2\n.",
                "(.",
                "h\u0000.",
                "Nq\u00ff.",
                "0.",
                "]u.",
                "(I1\nd.",
                "P1\n.",
                "F0x1p3p\n.",
                "\u0080\u0006N.",
                "N."
            })
    void whatIsNoPickleOfPlainTypesIsRefused(String pickle) {
        assertThatThrownBy(() -> codec(TypeRef.of(Object.class)).decode(ascii(pickle)))
                .isInstanceOf(CodecException.class)
                .hasMessageStartingWith(
                        "Cannot read " + pickle.length() + " bytes as a pickle of " + TypeRef.of(Object.class) + ": ");
    }

    /** Strings, bytes, integers, a frame and a memo that say they have 2^31 - 1 bytes, or many more. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "42 ffffff7f 00",
                "58 ffffff7f 61",
                "54 ffffff7f 61",
                "8b ffffff7f 00",
                "8b ffffffff 00",
                "8d ffffffffffffff7f 61",
                "8e ffffffffffffffff 61",
                "96 ffffff7f00000000 61",
                "95 ffffff7f00000000 4e",
                "5d 72 ffffff7f 2e"
            })
    void aLengthThatIsNotThereAllocatesNothing(String hex) {
        Codec<Object, byte[]> codec = codec(TypeRef.of(Object.class));
        assertThat(codec.decode(codec.encode(List.of(1)))).isEqualTo(List.of(1));
        byte[] bomb = bytes(hex);
        assertThatThrownBy(() -> codec.decode(bomb)).isInstanceOf(CodecException.class);
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = thread.getCurrentThreadAllocatedBytes();

        assertThatThrownBy(() -> codec.decode(bomb)).isInstanceOf(CodecException.class);

        assertThat(thread.getCurrentThreadAllocatedBytes() - before).isLessThan(1 << 20);
    }

    /** A hundred lists of the list before, twice: 2^100 parts for whoever does not see that they are the same. */
    @Test
    void whatIsUsedManyTimesIsMadeOnce() {
        List<Object> levels = new ArrayList<>(List.of(1));
        for (int i = 0; i < 100; i++) {
            levels = new ArrayList<>(List.of(levels, levels));
        }
        byte[] pickle = codec(TypeRef.of(Object.class)).encode(levels);

        assertThat(pickle).hasSizeLessThan(1_000);
        assertThat((List<?>) codec(TypeRef.of(Object.class)).decode(pickle)).hasSize(2);
        assertThat(codec(new TypeRef<List<List<List<Object>>>>() {}).decode(pickle))
                .hasSize(2);
    }

    @Test
    void aKeyOfTooManyPartsIsRefused() {
        // Tuples of the tuple before, twice: its hash would take 2^100 steps.
        String key = "}" + ")" + "2\u0086".repeat(100) + "Ns.";

        assertThatThrownBy(() -> codec(TypeRef.of(Object.class)).decode(ascii(key)))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("it uses its parts too often");
    }

    @Test
    void copyingAgainAndAgainIsRefused() {
        String text = "c_codecs\nencode\nq\u0000V" + "x".repeat(10_000) + "\nq\u0001\u0085q\u00020" + "0]"
                + "h\u0000h\u0002Ra".repeat(10_000) + ".";

        assertThatThrownBy(() -> codec(TypeRef.of(Object.class)).decode(ascii(text)))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("it uses its parts too often");
    }

    @ParameterizedTest
    @ValueSource(strings = {"]", "(", "\u0085", "}N"})
    void depthIsBounded(String opening) {
        String closing = opening.equals("]") ? "a" : opening.equals("(") ? "l" : opening.equals("}N") ? "s" : "";
        String deep = opening.equals("\u0085")
                ? ")" + opening.repeat(100_000)
                : opening.repeat(100_000) + "N" + closing.repeat(100_000);

        assertThatThrownBy(() -> codec(TypeRef.of(Object.class)).decode(ascii(deep + ".")))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("nested more than 500 deep");
    }

    @ParameterizedTest
    @CsvSource({
        "name=Ann, 'a dict has no ''age'''",
        "name=Ann;age=1;more=2, 'a dict has more than the fields'",
        "name=1;age=1, 'a value of Integer is no java.lang.String'",
        "name=Ann;age=1.5, 'a value of Double is no int'",
        "name=Ann;age=3000000000, 'a value of Long is no int'",
        "name=Ann;age=None, 'None is no int'"
    })
    void whatIsNoUserIsRefused(String fields, String why) {
        Map<String, Object> dict = new TreeMap<>();
        for (String field : fields.split(";", -1)) {
            String text = field.substring(field.indexOf('=') + 1);
            dict.put(
                    field.substring(0, field.indexOf('=')),
                    text.equals("None")
                            ? null
                            : text.matches("\\d+")
                                    ? Long.valueOf(text)
                                    : text.contains(".") ? Double.valueOf(text) : text);
        }
        byte[] pickle = codec(TypeRef.of(Object.class)).encode(dict);

        assertThatThrownBy(() -> codec(TypeRef.of(User.class)).decode(pickle))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining(why);
    }

    @Test
    void integersAreDigitsWhereServersCount() {
        Codec<Object, byte[]> codec = new PickleProvider()
                .open(TypeRef.of(Object.class), new Parameters(Map.of("ints", "decimal", "protocol", "5"), ""));

        assertThat(codec.encode(-42)).isEqualTo(ascii("-42"));
        assertThat(codec.decode(ascii("7  "))).isEqualTo(7);
        assertThat(codec.decode(ascii("18446744073709551616"))).isEqualTo(BigInteger.TWO.pow(64));
        assertThat(codec.decode(codec.encode(List.of(1)))).isEqualTo(List.of(1));
        assertThat(codec.encode(true)).isEqualTo(bytes("80 05 88 2e"));
        assertThatThrownBy(() -> codec(TypeRef.of(Object.class)).decode(ascii("7")))
                .isInstanceOf(CodecException.class);
    }

    @Test
    void aTypeThatNoPickleIsOfIsRefused() {
        assertThatThrownBy(() -> codec(TypeRef.of(Thread.class)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("Codec 'pickle' cannot handle the type java.lang.Thread. Make it a record");
    }
}
