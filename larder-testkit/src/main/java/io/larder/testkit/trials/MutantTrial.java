package io.larder.testkit.trials;

import com.sun.management.ThreadMXBean;
import io.larder.CodecException;
import io.larder.spi.Codec;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Encoded values, altered and mixed: a codec reads or refuses each, and takes no more memory than its size allows. Confined to one thread. */
public final class MutantTrial {

    private static final long ALLOCATED_BYTES_MAX = 1 << 20;
    private static final long ALLOCATED_PER_BYTE_MAX = 1_000;
    private static final int SIZE_MAX = 3_000;
    private static final int ATTEMPTS_MAX = 5;
    private static final int FOUND_MAX = 20;

    private final ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Codec<?, byte[]> codec;
    private final List<byte[]> originals;
    private final Random random;
    private long decoded;

    private MutantTrial(Codec<?, byte[]> codec, List<byte[]> encoded, long seed) {
        this.codec = codec;
        this.originals = encoded.stream().filter(each -> each.length < SIZE_MAX).toList();
        this.random = new Random(seed);
    }

    /**
     * What came of it.
     *
     * @param decoded how many were values after all
     * @param found what was neither read nor refused, or took too much memory; it gives up after some
     */
    public record Outcome(long decoded, List<String> found) {}

    /** Makes {@code tries} out of {@code encoded}, and has {@code codec} read them. */
    public static Outcome run(Codec<?, byte[]> codec, List<byte[]> encoded, int tries, long seed) {
        MutantTrial trial = new MutantTrial(codec, encoded, seed);
        List<String> found = new ArrayList<>();
        for (int i = 0; i < tries && found.size() < FOUND_MAX; i++) {
            byte[] mutant = trial.mutant();
            String wrong = trial.wrong(mutant);
            if (wrong != null) {
                found.add(wrong + ": " + HexFormat.of().formatHex(mutant) + " of -Dlarder.seed=" + seed);
            }
        }
        return new Outcome(trial.decoded, found);
    }

    private byte[] mutant() {
        byte[] mutant = original().clone();
        for (int changes = 1 + random.nextInt(2); changes > 0; changes--) {
            int at = random.nextInt(mutant.length);
            switch (random.nextInt(5)) {
                case 0 -> mutant[at] = (byte) random.nextInt();
                case 1 -> mutant[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
                case 2 -> mutant = Arrays.copyOf(mutant, Math.max(1, at));
                case 3 -> mutant = spliced(mutant, at, mutant);
                default -> mutant = spliced(mutant, at, original());
            }
        }
        return mutant;
    }

    private byte[] original() {
        return originals.get(random.nextInt(originals.size()));
    }

    private byte[] spliced(byte[] head, int to, byte[] tail) {
        int from = random.nextInt(tail.length);
        byte[] spliced = Arrays.copyOf(head, Math.min(SIZE_MAX, Math.max(1, to + tail.length - from)));
        System.arraycopy(tail, from, spliced, Math.min(to, spliced.length), Math.max(0, spliced.length - to));
        return spliced;
    }

    private @Nullable String wrong(byte[] mutant) {
        long limit = ALLOCATED_BYTES_MAX + ALLOCATED_PER_BYTE_MAX * mutant.length;
        long allocated = 0;
        // A path that is taken for the first time loads classes; it does so once.
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            long before = thread.getCurrentThreadAllocatedBytes();
            boolean read;
            try {
                codec.decode(mutant);
                read = true;
            } catch (CodecException refused) {
                read = false;
            } catch (Throwable crash) {
                return crash.toString();
            }
            allocated = thread.getCurrentThreadAllocatedBytes() - before;
            if (allocated < limit) {
                decoded += read ? 1 : 0;
                return null;
            }
        }
        return "allocated " + allocated + " bytes";
    }
}
