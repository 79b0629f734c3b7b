package io.larder.disk;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Counts of changes that all processes on a folder have in memory, by which each knows whether its {@link Copies} are still right.
 * Thread-safe.
 *
 * <p>Caches and keys share the counts, by their hashes. A count is odd from before a change of its stripe is committed until after, and
 * then the next even number. It only grows, so that no number comes back.
 *
 * <p><em>Why no copy is older than the database.</em> A reader takes the counts of cache and key, both even, before it reads from SQLite,
 * and its copy is right while both are the same. Take a change that this read did not see. Whoever made it held SQLite's write lock when
 * it made the count odd, and committed after that. Had it done so before the reader took the count, the reader would have seen an odd
 * number, or a commit that was over and which its read would have seen. So it came after, and from before its commit the count is another
 * one for ever. A caller who is told that a change is done can rely on all copies of what was before being out of use, in every process.
 *
 * <p>A writer gives SQLite's lock back before it makes the count even. The next one may have come by then: it has moved on to the next
 * odd number, and the first leaves it to that one to end it. A process that is killed leaves odd numbers behind; until the stripe is
 * changed again, everybody asks SQLite.
 */
final class ChangeCounts {

    private static final int CACHES_BITS = 8;
    private static final int KEYS_BITS = 12;
    private static final int CACHES = 1 << CACHES_BITS;

    /** The stripe of every change, whatever its cache and key. */
    static final int ALL = CACHES + (1 << KEYS_BITS);

    static final int SIZE_BYTES = (ALL + 1) * Long.BYTES;

    /** 2^32 divided by the golden ratio; the upper bits of a hash times it are spread evenly. */
    private static final int SPREAD = 0x9E3779B9;

    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final ByteBuffer shared;

    ChangeCounts(ByteBuffer shared) {
        this.shared = shared;
    }

    /** Returns the stripe of what changes a cache as a whole. */
    static int ofCache(byte[] scope) {
        return (Arrays.hashCode(scope) * SPREAD) >>> (Integer.SIZE - CACHES_BITS);
    }

    /** Returns the stripe of what changes one key of a cache. */
    static int ofKey(byte[] scope, byte[] key) {
        int hash = 31 * Arrays.hashCode(scope) + Arrays.hashCode(key);
        return CACHES + ((hash * SPREAD) >>> (Integer.SIZE - KEYS_BITS));
    }

    long at(int stripe) {
        return (long) LONGS.getVolatile(shared, stripe * Long.BYTES);
    }

    /** Makes a count odd for a change that is about to be committed, and returns it; for who has SQLite's write lock. */
    long begin(int stripe) {
        while (true) {
            long count = at(stripe);
            long odd = (count + 1) | 1;
            if (LONGS.compareAndSet(shared, stripe * Long.BYTES, count, odd)) {
                return odd;
            }
        }
    }

    /** Makes a count even that {@link #begin} has made odd, if it has, when the commit is over and no other writer has begun. */
    void end(int stripe, long begun) {
        if ((begun & 1) == 1) {
            boolean unused = LONGS.compareAndSet(shared, stripe * Long.BYTES, begun, begun + 1);
        }
    }

    /** Begins with other numbers than those of a file that was there before, which somebody may still have in memory. */
    void restart() {
        for (int stripe = 0; stripe < CACHES; stripe++) {
            restart(stripe);
        }
        restart(ALL);
    }

    private void restart(int stripe) {
        long even = ThreadLocalRandom.current().nextLong(1L << 61) << 1;
        LONGS.setVolatile(shared, stripe * Long.BYTES, even);
    }
}
