package io.larder;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/** Counts times in buckets, four to each doubling from a microsecond up to hours. Thread-safe. */
final class TimeCounts {

    static final int BUCKETS = 128;

    private static final int NANOS_BITS = 10;

    private final AtomicLongArray buckets = new AtomicLongArray(BUCKETS);
    private final LongAdder totalNanos = new LongAdder();
    private final LongAccumulator maxNanos = new LongAccumulator(Math::max, 0);

    void add(long nanos) {
        buckets.incrementAndGet(bucket(nanos));
        totalNanos.add(nanos);
        maxNanos.accumulate(nanos);
    }

    TimeSummary summary() {
        long[] counts = new long[BUCKETS];
        for (int i = 0; i < BUCKETS; i++) {
            counts[i] = buckets.get(i);
        }
        return new TimeSummary(counts, totalNanos.sum(), maxNanos.get());
    }

    /** Returns the bucket of a time: the place of its highest bit, and the two bits after that. */
    static int bucket(long nanos) {
        long units = Math.max(0, nanos) >>> NANOS_BITS;
        if (units < 4) {
            return (int) units;
        }
        int highest = Long.SIZE - 1 - Long.numberOfLeadingZeros(units);
        return Math.min(4 * (highest - 1) + (int) (units >>> (highest - 2) & 3), BUCKETS - 1);
    }

    /** Returns the time that nothing in {@code bucket} reaches; the last one has no such time. */
    static long nanosMax(int bucket) {
        if (bucket == BUCKETS - 1) {
            return Long.MAX_VALUE;
        }
        long units = bucket < 4 ? bucket + 1L : (bucket % 4 + 5L) << (bucket / 4 - 1);
        return units << NANOS_BITS;
    }
}
