package io.larder.pickle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.CodecException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.razorvine.pickle.Unpickler;
import org.junit.jupiter.api.Test;

/** What CPython 3.11 wrote, see {@code golden.py}, and what it stands for. */
class GoldenTest {

    /** A value's name, a protocol, and the pickle. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Golden(String name, int protocol, byte[] pickle) {
        boolean isWritten() {
            return protocol >= 2 && !name.equals("none");
        }

        @Override
        public String toString() {
            return name + " " + protocol;
        }
    }

    private static final Map<String, Object> EXPECTED = expected();

    /** Which are written otherwise than CPython does, as valid: no protocol says how. */
    private static final Set<String> WRITTEN_OTHERWISE = Set.of(
            "bytearray",
            "bytesall",
            "tuple0",
            "tuple1",
            "tuple3",
            "tuple4",
            "dequemax",
            "frozenset",
            "ordereddict",
            "dictkeys",
            "timeoffset",
            "datetimeoffset",
            "uuidtwice",
            "date",
            "time",
            "datetime",
            "datetimeutc",
            "datetimezone");

    private static final Pattern KNOWN_TO_RAZORVINE =
            Pattern.compile("true|false|int.*|float1.*|str(utf8|300)?|bytes.*|list.*|dict1|dictnested|set1?|decimal.*");

    @SuppressWarnings("JdkObsolete") // What a deque is.
    private static Map<String, Object> expected() {
        byte[] all = new byte[256];
        IntStream.range(0, all.length).forEach(i -> all[i] = (byte) i);
        ZoneOffset india = ZoneOffset.ofHoursMinutes(5, 30);
        Map<Object, Object> keys = new HashMap<>();
        keys.put(1, "i");
        keys.put("s", 2);
        keys.put(ByteBuffer.wrap("b".getBytes(StandardCharsets.US_ASCII)), 3);
        keys.put(List.of(1, List.of(ByteBuffer.wrap("x".getBytes(StandardCharsets.US_ASCII)), 2)), 4);
        keys.put(null, 5);
        keys.put(1.5, 6);
        keys.put(Set.of(1), 7);
        keys.put(LocalDate.of(2024, 2, 29), 8);
        Map<String, Object> ordered = new LinkedHashMap<>();
        ordered.put("b", 1);
        ordered.put("a", 2);
        Map<String, Object> values = new HashMap<>();
        values.put("none", null);
        values.put("true", true);
        values.put("false", false);
        List.of(0, 255, 256, 65535, 65536, -1).forEach(number -> values.put("int" + number, number));
        values.put("int2^31-1", Integer.MAX_VALUE);
        values.put("int2^31", 1L << 31);
        values.put("int-2^31", Integer.MIN_VALUE);
        values.put("int2^63-1", Long.MAX_VALUE);
        values.put("int2^63", BigInteger.TWO.pow(63));
        values.put("int-2^63", Long.MIN_VALUE);
        values.put("int-2^100", BigInteger.TWO.pow(100).negate());
        values.put("float1.5", 1.5);
        values.put("float1e-7", 1e-7);
        values.put("floatinf", Double.POSITIVE_INFINITY);
        values.put("float-inf", Double.NEGATIVE_INFINITY);
        values.put("floatnan", Double.NaN);
        values.put("str", "");
        values.put("strutf8", "é☃😀\\ \n");
        values.put("strhalf", "\uD83D!");
        values.put("str300", "x".repeat(300));
        values.put("bytes", new byte[0]);
        values.put("bytesall", all);
        values.put("bytearray", new byte[] {0, -1});
        values.put("list", List.of());
        values.put("list1", List.of(1));
        values.put("listnested", List.of(1, Arrays.asList(2.5, null, List.of(true))));
        values.put("list1001", Collections.nCopies(1001, 0));
        values.put("tuple0", List.of());
        values.put("tuple1", List.of(1));
        values.put("tuple3", Arrays.asList(1, "a", null));
        values.put("tuple4", List.of(1, 2, 3, List.of(4)));
        values.put("dict", Map.of());
        values.put("dict1", Map.of("a", 1));
        Map<String, Object> nested = new LinkedHashMap<>();
        nested.put("a", 1);
        nested.put("b", List.of(1, Map.of("c", 2)));
        values.put("dictnested", nested);
        values.put("dictkeys", keys);
        values.put("set", Set.of());
        values.put("set1", Set.of(7));
        values.put("settuples", Set.of(List.of("a", 1)));
        values.put("frozenset", Set.of("a"));
        values.put("date", LocalDate.of(1, 12, 31));
        values.put("time", LocalTime.of(23, 59, 58, 999_999_000));
        values.put("timeoffset", OffsetTime.of(1, 2, 0, 0, india));
        values.put("datetime", LocalDateTime.of(9999, 12, 31, 23, 59, 59, 123_456_000));
        values.put("datetimeutc", OffsetDateTime.of(2024, 1, 2, 3, 4, 5, 678_000, ZoneOffset.UTC));
        values.put("datetimeoffset", OffsetDateTime.of(2024, 1, 2, 3, 4, 5, 0, india));
        values.put("datetimezone", LocalDateTime.of(2024, 7, 27, 2, 30).atZone(ZoneId.of("Europe/Berlin")));
        values.put("timedelta", Duration.ofDays(-1).plusSeconds(3).plusNanos(7_000));
        values.put("timezone", ZoneOffset.UTC);
        values.put("decimal", new BigDecimal("1.10"));
        values.put("decimaltiny", new BigDecimal("-1E-30"));
        values.put("uuid", UUID.fromString("12345678-9abc-def0-8234-567812345678"));
        values.put("uuidtwice", List.of(new UUID(0, 1), new UUID(0, 1)));
        values.put("ordereddict", ordered);
        values.put("deque", new LinkedList<>(Arrays.asList(1, null, "x")));
        values.put("dequemax", new LinkedList<>(List.of(1, 2)));
        return values;
    }

    static Stream<Golden> all() throws IOException {
        try (InputStream in = GoldenTest.class.getResourceAsStream("golden.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                            .lines()
                            .map(line -> line.split(" "))
                            .map(part -> new Golden(
                                    part[0],
                                    Integer.parseInt(part[1]),
                                    HexFormat.of().parseHex(part[2])))
                            .toList()
                            .stream();
        }
    }

    static Stream<Golden> known() throws IOException {
        return all().filter(golden -> EXPECTED.containsKey(golden.name()));
    }

    @Test
    void everyValueIsExpectedOrAGraph() throws IOException {
        Set<String> names = new HashSet<>();
        all().forEach(golden -> names.add(golden.name()));
        names.removeAll(EXPECTED.keySet());

        assertThat(names).containsExactlyInAnyOrder("shared", "loop", "tree");
    }

    @Test
    void whatPythonWroteIsRead() throws IOException {
        assertThat(known()).allSatisfy(golden -> {
            Object expected = EXPECTED.get(golden.name());

            Object read = PickleReader.read(golden.pickle());

            assertThat(read).isEqualTo(expected);
            if (golden.name().equals("ordereddict")) {
                assertThat(read).hasToString("{b=1, a=2}");
            }
        });
    }

    @Test
    void whatIsWrittenIsReadBackAndMostlyAsPythonWritesIt() throws IOException {
        assertThat(known()).filteredOn(Golden::isWritten).allSatisfy(golden -> {
            Object value = EXPECTED.get(golden.name());

            byte[] written = PickleWriter.pickle(value, golden.protocol());

            assertThat(PickleReader.read(written)).isEqualTo(value);
            if (!WRITTEN_OTHERWISE.contains(golden.name())) {
                assertThat(HexFormat.of().formatHex(written))
                        .isEqualTo(HexFormat.of().formatHex(golden.pickle()));
            }
        });
    }

    @Test
    void sharedAndRecursiveReferencesStayOnes() throws IOException {
        for (Golden golden :
                all().filter(each -> !EXPECTED.containsKey(each.name())).toList()) {
            Object read = PickleReader.read(golden.pickle());
            Object again = PickleReader.read(PickleWriter.pickle(read, 4));

            for (Object graph : new Object[] {read, again}) {
                switch (golden.name()) {
                    case "shared" ->
                        assertThat(((List<?>) graph).get(0) == ((List<?>) graph).get(1))
                                .isTrue();
                    case "loop" -> assertThat(((List<?>) graph).get(1) == graph).isTrue();
                    default ->
                        assertThat(((Map<?, ?>) graph).get("self") == graph).isTrue();
                }
            }
        }
    }

    /** Razorvine's library knows fewer types, and keeps no microseconds; what both know, both read alike. */
    @Test
    void anotherLibraryReadsTheSame() throws IOException {
        assertThat(known())
                .filteredOn(Golden::isWritten)
                .filteredOn(golden -> KNOWN_TO_RAZORVINE.matcher(golden.name()).matches())
                .allSatisfy(golden -> {
                    Object ours = PickleReader.read(golden.pickle());
                    byte[] written = PickleWriter.pickle(ours, golden.protocol());

                    assertThat(new Unpickler().loads(written)).isEqualTo(ours);
                });
    }

    @Test
    void aKeyThatCanChangeIsRefused() {
        Map<Object, Object> dict = new HashMap<>();
        dict.put(new int[1], 1);

        assertThatThrownBy(() -> PickleWriter.pickle(dict, 4))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("cannot be a key in Python");
        // ({[]: None}
        assertThatThrownBy(() -> PickleReader.read(HexFormat.of().parseHex("7d5d4e732e")))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("a key of a dict or set is a list");
    }

    @Test
    void whatIsAskedForTwiceIsWrittenOnce() {
        List<Object> once = new ArrayList<>(Collections.nCopies(10, "word ".repeat(100)));

        assertThat(PickleWriter.pickle(Collections.nCopies(10, once), 4)).hasSizeLessThan(600);
    }
}
