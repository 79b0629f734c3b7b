package io.larder.pickle;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.larder.CodecException;
import io.larder.TypeRef;
import io.larder.spi.Codec;
import io.larder.url.Parameters;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Golden pickles, altered and mixed: {@code -Dlarder.pickle.fuzz=1000000} for as many, {@code -Dlarder.seed} for the same again. */
class PickleFuzzTest {

    private static final int TRIES = Integer.getInteger("larder.pickle.fuzz", 20_000);
    private static final long ALLOCATED_BYTES_MAX = 1 << 20;
    private static final long ALLOCATED_PER_BYTE_MAX = 1_000;
    private static final int SIZE_MAX = 3_000;
    private static final int ATTEMPTS_MAX = 5;

    private final long seed = Long.getLong("larder.seed", new Random().nextInt(Integer.MAX_VALUE));
    private final Random random = new Random(seed);
    private final Codec<Object, byte[]> codec = new PickleProvider().open(TypeRef.of(Object.class), Parameters.NONE);

    @Test
    void noPickleCrashesOrTakesMuchMemory() throws IOException {
        List<byte[]> pickles = GoldenTest.all()
                .map(GoldenTest.Golden::pickle)
                .filter(pickle -> pickle.length < SIZE_MAX)
                .toList();
        int read = 0;
        for (int i = 0; i < TRIES; i++) {
            byte[] mutant = mutant(pickles);
            read += survives(mutant) ? 1 : 0;
        }

        System.out.println(TRIES + " mutants, " + read + " of them pickles, -Dlarder.seed=" + seed);
        assertThat(read).isPositive();
    }

    private byte[] mutant(List<byte[]> pickles) {
        byte[] mutant = pickles.get(random.nextInt(pickles.size())).clone();
        for (int changes = 1 + random.nextInt(2); changes > 0; changes--) {
            int at = random.nextInt(mutant.length);
            switch (random.nextInt(5)) {
                case 0 -> mutant[at] = (byte) random.nextInt();
                case 1 -> mutant[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
                case 2 -> mutant = Arrays.copyOf(mutant, Math.max(1, at));
                case 3 -> mutant = spliced(mutant, at, mutant, random.nextInt(mutant.length));
                default -> {
                    byte[] other = pickles.get(random.nextInt(pickles.size()));
                    mutant = spliced(mutant, at, other, random.nextInt(other.length));
                }
            }
        }
        return mutant;
    }

    private static byte[] spliced(byte[] head, int to, byte[] tail, int from) {
        byte[] spliced = Arrays.copyOf(head, Math.min(SIZE_MAX, Math.max(1, to + tail.length - from)));
        System.arraycopy(tail, from, spliced, Math.min(to, spliced.length), Math.max(0, spliced.length - to));
        return spliced;
    }

    private boolean survives(byte[] mutant) {
        long limit = ALLOCATED_BYTES_MAX + ALLOCATED_PER_BYTE_MAX * mutant.length;
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        boolean read = false;
        long allocated = Long.MAX_VALUE;
        // A path that is taken for the first time loads classes; it does so once.
        for (int attempt = 0; attempt < ATTEMPTS_MAX && allocated >= limit; attempt++) {
            long before = thread.getCurrentThreadAllocatedBytes();
            try {
                codec.decode(mutant);
                read = true;
            } catch (CodecException refused) {
                read = false;
            } catch (Throwable crash) {
                throw new AssertionError(told(mutant), crash);
            }
            allocated = thread.getCurrentThreadAllocatedBytes() - before;
        }
        assertThat(allocated).as(() -> told(mutant)).isLessThan(limit);
        return read;
    }

    private String told(byte[] mutant) {
        return HexFormat.of().formatHex(mutant) + ", again with -Dlarder.seed=" + seed;
    }
}
