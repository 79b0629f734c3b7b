package io.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.larder.CodecException;
import io.larder.spi.Codec;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link Codec} into bytes has to keep, whatever bytes it is given; a codec's test extends it and names samples.
 *
 * <p>Random cases print their seed; {@code -Dlarder.seed=…} runs them again.
 */
@Timeout(60)
public abstract class CodecContract<V> {

    private static final int GARBLED = 3_000;
    private static final int GARBAGE_BYTES_MAX = 300;
    private static final int ATTEMPTS_MAX = 5;
    private static final int BYTES_SHOWN_MAX = 200;
    private static final long ALLOCATED_BYTES_MAX = 1 << 20;
    private static final long ALLOCATED_PER_BYTE_MAX = 1_000;

    private final long seed = Seed.next();
    private final Random random = new Random(seed);

    /** Makes the contract. */
    protected CodecContract() {}

    /** Returns the codec. */
    protected abstract Codec<V, byte[]> codec();

    /** Returns values that come back equal; arrays are compared by their contents. */
    protected abstract List<V> samples();

    /** Returns values that the codec refuses to encode; none at first. */
    protected List<V> refused() {
        return List.of();
    }

    @Test
    void whatIsEncodedComesBack() {
        for (V sample : samples()) {
            assertThat(codec().decode(codec().encode(sample))).isEqualTo(sample);
        }
    }

    @Test
    void whatCannotBeEncodedIsACodecException() {
        for (V value : refused()) {
            assertThatThrownBy(() -> codec().encode(value)).isInstanceOf(CodecException.class);
        }
    }

    @Test
    void decodingDoesNotChangeItsArgument() {
        for (V sample : samples()) {
            byte[] encoded = codec().encode(sample);
            byte[] before = encoded.clone();

            codec().decode(encoded);

            assertThat(encoded).isEqualTo(before);
        }
    }

    @Test
    void noArrayIsKept() {
        for (V sample : samples()) {
            byte[] encoded = codec().encode(sample);
            byte[] copy = encoded.clone();
            V decoded = codec().decode(copy);

            Arrays.fill(encoded, (byte) 0);
            Arrays.fill(copy, (byte) 0);

            assertThat(decoded).isEqualTo(sample);
            assertThat(codec().decode(codec().encode(sample))).isEqualTo(sample);
        }
    }

    @Test
    void garbageIsACodecExceptionAtWorst() {
        for (int i = 0; i < GARBLED; i++) {
            byte[] garbage = new byte[random.nextInt(GARBAGE_BYTES_MAX)];
            random.nextBytes(garbage);
            survives(garbage);
        }
    }

    @Test
    void whatIsCutOffIsACodecExceptionAtWorst() {
        for (V sample : samples()) {
            byte[] encoded = codec().encode(sample);
            for (int i = 0; i < Math.min(encoded.length, GARBLED); i++) {
                survives(Arrays.copyOf(encoded, random.nextInt(encoded.length)));
            }
        }
    }

    @Test
    void flippedBitsAreACodecExceptionAtWorst() {
        List<byte[]> originals = samples().stream()
                .map(codec()::encode)
                .filter(encoded -> encoded.length > 0)
                .toList();
        for (int i = 0; i < GARBLED && !originals.isEmpty(); i++) {
            byte[] flipped = originals.get(i % originals.size()).clone();
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
            }
            survives(flipped);
        }
    }

    private void survives(byte[] bytes) {
        byte[] before = bytes.clone();
        long limit = ALLOCATED_BYTES_MAX + ALLOCATED_PER_BYTE_MAX * bytes.length;
        long allocated = Long.MAX_VALUE;
        // A path that is taken for the first time loads classes, which is not the codec's doing; it does so once.
        for (int attempt = 0; attempt < ATTEMPTS_MAX && allocated >= limit; attempt++) {
            allocated = allocatedByDecoding(bytes, before);
        }

        assertThat(bytes).as("what was decoded").isEqualTo(before);
        assertThat(allocated)
                .as(() -> "bytes allocated by decoding " + described(before))
                .isLessThan(limit);
    }

    private long allocatedByDecoding(byte[] bytes, byte[] before) {
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocatedBefore = thread.getCurrentThreadAllocatedBytes();
        Throwable failure = null;
        try {
            codec().decode(bytes);
        } catch (Throwable e) {
            failure = e;
        }
        long allocated = thread.getCurrentThreadAllocatedBytes() - allocatedBefore;
        if (failure != null && !(failure instanceof CodecException)) {
            throw new AssertionError(
                    "Decoding " + described(before) + " fails with something else than a CodecException", failure);
        }
        return allocated;
    }

    private String described(byte[] bytes) {
        String shown = Arrays.toString(Arrays.copyOf(bytes, Math.min(bytes.length, BYTES_SHOWN_MAX)));
        return bytes.length + " bytes that begin with " + shown + ", " + Seed.replay(seed);
    }
}
