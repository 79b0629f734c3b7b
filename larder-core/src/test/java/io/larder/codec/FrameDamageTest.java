package io.larder.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import io.larder.Seed;
import io.larder.spi.DamagedEntry;
import io.larder.spi.Entry;
import io.larder.spi.Lifetime;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whatever becomes of its bytes, a frame is read as it was written or not at all. */
class FrameDamageTest {

    private static final int MUTATIONS = 200_000;

    /** The most that a byte of a frame may cost: each could be a tag of its own, in a list and then in two sets. */
    private static final long ALLOCATED_PER_BYTE = 100;

    /** The most that a refusal costs whatever the frame's length: an exception with its stack and message. */
    private static final long ALLOCATED_BESIDE = 20_000;

    private final Seed seed = new Seed();
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final byte[] plain = frame(null, "{\"a\":1}");
    private final byte[] full = frame("user:42", "{\"a\":1}", "team:7", "ä");
    private final byte[] counter = frame("visits", "42", "team:7");
    private final byte[] nothing = Frame.encode(null, "json", new Entry<>(null, new Lifetime(1, 2, 3), Set.of()));

    private static byte[] frame(String key, String value, String... tags) {
        Entry<byte[]> entry = new Entry<>(value.getBytes(UTF_8), new Lifetime(1, 2, 3), Set.of(tags));
        return Frame.encode(key, "json", tags.length == 0 ? entry : entry.withLoadMillis(300));
    }

    private static boolean isDamaged(byte[] frame) {
        return Frame.decode(frame, "json", null) instanceof DamagedEntry;
    }

    @Test
    void everyByteThatIsAlteredIsNoticed() {
        for (byte[] frame : List.of(plain, full, nothing)) {
            for (int at = 0; at < frame.length; at++) {
                boolean isDeadline = at >= Frame.DEADLINES_AT && at < Frame.CREATED_AT;
                for (int flip = 1; flip < 256 && !isDeadline; flip++) {
                    byte[] altered = frame.clone();
                    altered[at] ^= (byte) flip;
                    assertThat(isDamaged(altered))
                            .as("byte %d altered by %d", at, flip)
                            .isTrue();
                }
            }
        }
    }

    @Test
    void everyByteThatIsCutOffOrAddedIsNoticed() {
        for (byte[] frame : List.of(plain, full, nothing)) {
            for (int length = 0; length < frame.length; length++) {
                assertThat(isDamaged(Arrays.copyOf(frame, length)))
                        .as("cut to %d", length)
                        .isTrue();
            }
            assertThat(isDamaged(Arrays.copyOf(frame, frame.length + 1))).isTrue();
        }
    }

    @Test
    void aCountersHeaderIsGuardedAsWell() {
        int payloadAt = counter.length - "42".length();
        for (int at = Frame.CREATED_AT; at < payloadAt; at++) {
            byte[] altered = counter.clone();
            altered[at] ^= 1;
            assertThat(isDamaged(altered)).as("byte %d altered", at).isTrue();
        }
        for (int length = 0; length <= payloadAt; length++) {
            assertThat(isDamaged(Arrays.copyOf(counter, length)))
                    .as("cut to %d", length)
                    .isTrue();
        }
    }

    @Test
    void nothingFailsOrAllocatesMoreThanTheLengthAllows() {
        Random random = seed.random();
        long resealed = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] frame = mutated(random);
            if (random.nextBoolean()) {
                reseal(frame);
            }
            Entry<byte[]> entry = decodeWithin(frame);
            resealed += entry instanceof DamagedEntry ? 0 : 1;
        }

        assertThat(resealed).as("mutations that were read, %s", seed).isGreaterThan(MUTATIONS / 100);
    }

    private Entry<byte[]> decodeWithin(byte[] frame) {
        long allocatedBytesMax = ALLOCATED_BESIDE + ALLOCATED_PER_BYTE * frame.length;
        if (allocatedBytes(frame) > allocatedBytesMax) {
            // Once more: the first to come to a piece of code pays for its linkage.
            assertThat(allocatedBytes(frame))
                    .as("bytes allocated for a frame of %d, %s", frame.length, seed)
                    .isLessThanOrEqualTo(allocatedBytesMax);
        }
        return Frame.decode(frame, "json", "user:42");
    }

    private long allocatedBytes(byte[] frame) {
        long before = threads.getCurrentThreadAllocatedBytes();
        try {
            var unused = Frame.decode(frame, "json", "user:42");
            Frame.key(frame);
        } catch (RuntimeException | Error e) {
            return fail("decode failed, " + seed, e);
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private byte[] mutated(Random random) {
        byte[] original = List.of(plain, full, counter, nothing).get(random.nextInt(4));
        List<Byte> bytes = new ArrayList<>();
        for (byte each : original) {
            bytes.add(each);
        }
        for (int n = 1 + random.nextInt(3); n > 0 && !bytes.isEmpty(); n--) {
            // Half of them where the lengths are, because a length is what could hurt.
            int from = random.nextBoolean() ? Math.min(bytes.size() - 1, Frame.CREATED_AT) : 0;
            int at = from + random.nextInt(bytes.size() - from);
            byte drawn = (byte) (random.nextBoolean() ? 0xFF : random.nextInt());
            switch (random.nextInt(6)) {
                case 0 -> bytes.remove(at);
                case 1 -> bytes.add(at, drawn);
                case 2 -> bytes.subList(at, bytes.size()).clear();
                case 3 -> bytes.set(at, (byte) (bytes.get(at) ^ 1 << random.nextInt(8)));
                default -> bytes.set(at, drawn);
            }
        }
        byte[] mutated = new byte[bytes.size()];
        for (int i = 0; i < mutated.length; i++) {
            mutated[i] = bytes.get(i);
        }
        return mutated;
    }

    /** Makes the checksum right again, as somebody would who means harm. */
    private static void reseal(byte[] frame) {
        if (frame.length >= Frame.NAMES_AT) {
            ByteBuffer header = ByteBuffer.wrap(frame);
            int payloadAt = header.getInt(Frame.PAYLOAD_OFFSET_AT);
            boolean isCounter = (frame[Frame.FLAGS_AT] & Frame.COUNTER) != 0;
            int end = isCounter && payloadAt >= Frame.NAMES_AT && payloadAt <= frame.length ? payloadAt : frame.length;
            header.putInt(Frame.CHECKSUM_AT, Frame.checksum(frame, 0, end));
        }
    }
}
