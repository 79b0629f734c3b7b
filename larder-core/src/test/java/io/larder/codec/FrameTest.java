package io.larder.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.larder.CodecException;
import io.larder.HandClock;
import io.larder.Seed;
import io.larder.spi.DamagedEntry;
import io.larder.spi.Entry;
import io.larder.spi.Lifetime;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameTest {

    private static final int ROUNDS = 20_000;
    private static final Lifetime LIFETIME = new Lifetime(1_700_000_000_000L, 1_700_000_060_000L, 1_700_000_090_000L);

    private final Seed seed = new Seed();

    private static Entry<byte[]> entry(String value, String... tags) {
        return new Entry<>(value.getBytes(UTF_8), LIFETIME, Set.of(tags));
    }

    private static void assertSame(Entry<byte[]> read, Entry<byte[]> written, Object about) {
        assertThat(read).as("%s", about).isNotInstanceOf(DamagedEntry.class);
        assertThat(read.value()).as("%s", about).isEqualTo(written.value());
        assertThat(read.lifetime()).as("%s", about).isEqualTo(written.lifetime());
        assertThat(read.tags()).as("%s", about).isEqualTo(written.tags());
        assertThat(read.loadMillis()).as("%s", about).isEqualTo(written.loadMillis());
    }

    private static String why(Entry<byte[]> read) {
        assertThat(read).isInstanceOf(DamagedEntry.class);
        assertThat(read.value()).isNull();
        return ((DamagedEntry) read).why().getMessage();
    }

    /** What every later version has to read, and this one writes. */
    @Nested
    class Golden {

        private record Sample(String name, String key, String codec, Entry<byte[]> entry) {

            byte[] bytes() throws IOException {
                String file = "/frame/" + name + ".hex";
                try (InputStream in = Objects.requireNonNull(FrameTest.class.getResourceAsStream(file), file)) {
                    String hex = new String(in.readAllBytes(), UTF_8)
                            .lines()
                            .map(line -> line.replaceFirst("#.*", "").replace(" ", ""))
                            .collect(Collectors.joining());
                    return HexFormat.of().parseHex(hex);
                }
            }
        }

        static List<Sample> samples() {
            return List.of(
                    new Sample("plain", null, "json", entry("{\"a\":1}")),
                    new Sample("nothing", null, "json", new Entry<>(null, LIFETIME, Set.of())),
                    new Sample("empty", null, "bytes", entry("")),
                    new Sample("echoed", "user:42 \uD83D\uDE00\uD83D", "string", entry("Ånn")),
                    new Sample("tagged", null, "", entry("value", "team:7", "b", "", "ä")),
                    new Sample("loaded", null, "json", entry("{\"a\":1}", "b").withLoadMillis(300)),
                    new Sample("counter", null, "json", entry("-42", "visits")),
                    new Sample("endless", null, "json", entry("[]").withDeadlinesOf(Lifetime.endless(0))));
        }

        @ParameterizedTest
        @MethodSource("samples")
        void filesAreWhatIsWritten(Sample sample) throws IOException {
            byte[] written = Frame.encode(sample.key, sample.codec, sample.entry);

            assertThat(HexFormat.of().formatHex(written))
                    .isEqualTo(HexFormat.of().formatHex(sample.bytes()));
        }

        @ParameterizedTest
        @MethodSource("samples")
        void filesAreRead(Sample sample) throws IOException {
            assertSame(Frame.decode(sample.bytes(), sample.codec, sample.key), sample.entry, sample);
            assertThat(Frame.key(sample.bytes())).isEqualTo(sample.key);
        }
    }

    @Nested
    class Entries {

        @Test
        void comeBackEqual() {
            Random random = seed.random();
            for (int i = 0; i < ROUNDS; i++) {
                Entry<byte[]> written = randomEntry(random);
                String codec = text(random);
                String key = random.nextBoolean() ? text(random) : null;

                byte[] frame = Frame.encode(key, codec, written);

                assertSame(Frame.decode(frame, codec, key), written, seed);
                assertSame(Frame.decode(frame, codec, null), written, seed);
                assertThat(Frame.key(frame)).as("%s", seed).isEqualTo(key);

                int before = random.nextInt(20);
                byte[] behindOthers = new byte[before + frame.length];
                random.nextBytes(behindOthers);
                System.arraycopy(frame, 0, behindOthers, before, frame.length);
                assertSame(Frame.decode(behindOthers, before, codec, key), written, seed);
            }
        }

        @Test
        void giveTheSameBytesInWhateverOrderTheirTagsAre() {
            Random random = seed.random();
            for (int i = 0; i < 1_000; i++) {
                List<String> tags =
                        random.ints(6).mapToObj(number -> "tag " + number).toList();
                Entry<byte[]> one = new Entry<>(null, LIFETIME, new HashSet<>(tags));
                Entry<byte[]> other = new Entry<>(null, LIFETIME, new HashSet<>(tags.subList(0, 3)));
                Set<String> reversed = new HashSet<>(64);
                for (int at = tags.size(); at > 0; at--) {
                    reversed.add(tags.get(at - 1));
                }

                byte[] frame = Frame.encode(null, "json", one);

                assertThat(Frame.encode(null, "json", new Entry<>(null, LIFETIME, reversed)))
                        .isEqualTo(frame);
                assertThat(Frame.encode(null, "json", other)).isNotEqualTo(frame);
            }
        }

        @Test
        void aKeyThatIsNotEchoedIsNotCompared() {
            byte[] frame = Frame.encode(null, "json", entry("1"));

            assertSame(Frame.decode(frame, "json", "any"), entry("1"), "no key");
            assertThat(Frame.key(frame)).isNull();
        }

        private Entry<byte[]> randomEntry(Random random) {
            long fresh = random.nextLong();
            long keep = Math.max(fresh, random.nextLong());
            Set<String> tags = new HashSet<>();
            for (int n = random.nextInt(4); n > 0; n--) {
                tags.add(text(random));
            }
            byte[] value = null;
            if (random.nextInt(8) > 0) {
                value = new byte[random.nextInt(200)];
                random.nextBytes(value);
            }
            if (random.nextInt(4) == 0) {
                value = Long.toString(random.nextLong() >> random.nextInt(64)).getBytes(UTF_8);
            }
            int loadMillis = random.nextBoolean() ? random.nextInt(Integer.MAX_VALUE) : 0;
            return new Entry<>(value, new Lifetime(random.nextLong(), fresh, keep), tags).withLoadMillis(loadMillis);
        }

        private String text(Random random) {
            char[] text = new char[random.nextInt(3) == 0 ? random.nextInt(300) : random.nextInt(8)];
            for (int i = 0; i < text.length; i++) {
                text[i] = (char) (random.nextBoolean() ? 'a' + random.nextInt(26) : random.nextInt(0x10000));
            }
            return new String(text);
        }
    }

    @Nested
    class InPlace {

        @Test
        void deadlinesAreRead() {
            byte[] frame = Frame.encode(null, "json", entry("{}", "tag"));

            ByteBuffer.wrap(frame).putLong(Frame.DEADLINES_AT, -5).putLong(Frame.DEADLINES_AT + Long.BYTES, 7);

            assertSame(
                    Frame.decode(frame, "json", null),
                    new Entry<>("{}".getBytes(UTF_8), new Lifetime(LIFETIME.createdMillis(), -5, 7), Set.of("tag")),
                    "patched");
        }

        @Test
        void deadlinesInTheWrongOrderAreDamage() {
            byte[] frame = Frame.encode(null, "json", entry("{}"));

            ByteBuffer.wrap(frame).putLong(Frame.DEADLINES_AT, 8).putLong(Frame.DEADLINES_AT + Long.BYTES, 7);

            assertThat(why(Frame.decode(frame, "json", null)))
                    .isEqualTo("The frame of 43 bytes is cut off or damaged: it would be gone before it is stale");
        }

        @ParameterizedTest
        @ValueSource(strings = {"0", "7", "-7", "100", "9223372036854775807", "-9223372036854775808"})
        void aCountersValueIsRead(String sum) {
            Entry<byte[]> counter = entry("99", "tag");

            byte[] frame = withPayload(Frame.encode("key", "json", counter), sum);

            assertSame(Frame.decode(frame, "json", "key"), counter.withValue(sum.getBytes(UTF_8)), sum);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "-",
                    "-0",
                    "00",
                    "01",
                    "+1",
                    "1 ",
                    "1.5",
                    "0x1",
                    "9223372036854775808",
                    "-9223372036854775809",
                    "10000000000000000000"
                })
        void aCounterThatIsNoIntegerIsDamage(String value) {
            byte[] frame = withPayload(Frame.encode(null, "json", entry("99")), value);

            assertThat(why(Frame.decode(frame, "json", null))).endsWith("its flags 8 do not fit its value");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"", "-", "-0", "00", "01", "+1", "1 ", "1.5", "9223372036854775808", "-9223372036854775809"})
        void aValueThatIsNoIntegerIsNoCounter(String value) {
            byte[] frame = Frame.encode(null, "json", entry(value));

            assertSame(Frame.decode(frame, "json", null), entry(value), value);
            assertThat(frame[Frame.FLAGS_AT]).isZero();
        }

        private byte[] withPayload(byte[] frame, String value) {
            int payloadAt = ByteBuffer.wrap(frame).getInt(Frame.PAYLOAD_OFFSET_AT);
            byte[] digits = value.getBytes(UTF_8);
            byte[] patched = Arrays.copyOf(frame, payloadAt + digits.length);
            System.arraycopy(digits, 0, patched, payloadAt, digits.length);
            return patched;
        }
    }

    @Nested
    class Refusals {

        @Test
        void sayThatAnotherProgramWrote() {
            assertThat(List.of("", "9", "hello, world, this is a long value of somebody else"))
                    .allSatisfy(text -> assertThat(why(Frame.decode(text.getBytes(UTF_8), "json", "key")))
                            .isEqualTo(
                                    "The %d bytes are no frame, so that another program wrote them. Give the cache a namespace of its own",
                                    text.length()));
        }

        @Test
        void sayWhichVersionIsRead() {
            byte[] frame = Frame.encode(null, "json", entry("{}"));
            frame[2] = 2;

            assertThat(why(Frame.decode(frame, "json", null)))
                    .isEqualTo(
                            "The frame is of version 2, this Larder reads version 1. Give the cache another version while both write");
        }

        @Test
        void nameBothCodecs() {
            byte[] frame = Frame.encode(null, "json+zstd", entry("{}"));
            byte[] unnamed = Frame.encode(null, "", entry("{}"));

            assertThat(why(Frame.decode(frame, "string", null)))
                    .isEqualTo(
                            "The value was written by codec 'json+zstd', but is read by codec 'string'. Name the same codec everywhere, or give the cache another version");
            assertThat(why(Frame.decode(unnamed, "json", null)))
                    .startsWith("The value was written by a codec without a name, but is read by codec 'json'.");
        }

        @Test
        void nameBothKeysCutShort() {
            byte[] frame = Frame.encode("a".repeat(81), "json", entry("{}"));

            assertThat(why(Frame.decode(frame, "json", "b")))
                    .isEqualTo("The entry is that of key '" + "a".repeat(80)
                            + "…', expected was key 'b'. Something copied the entry, or two keys have the same hash");
        }

        @Test
        void areNeitherFreshNorKept() {
            DamagedEntry damaged = new DamagedEntry(new CodecException("why", null));
            HandClock clock = new HandClock(1);

            assertThat(damaged.isFresh(clock)).isFalse();
            assertThat(damaged.isFreshAsFound(clock)).isFalse();
            assertThat(damaged.isKept(clock)).isFalse();
        }
    }
}
