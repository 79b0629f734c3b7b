package io.larder.bench.growth;

import io.larder.bench.rounds.Effort;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;

/**
 * How often everything is measured, how long each figure, and up to which size.
 *
 * @param valueMax in bytes
 */
record GrowthPlan(
        int rounds,
        Duration time,
        long memoryMax,
        long diskMax,
        long membersMax,
        long membersOnRedisMax,
        long callersMax,
        long valueMax) {

    private static final int DECADE = 10;
    private static final int CALLERS_STEP = 8;
    private static final int VALUES_STEP = 16;
    private static final long ENTRIES_MIN = 1_000;

    static GrowthPlan of(Effort effort) {
        return switch (effort) {
            case FULL ->
                new GrowthPlan(
                        3, Duration.ofMillis(400), 10_000_000, 1_000_000, 1_000_000, 100_000, 512, 16 * 1_024 * 1_024);
            case QUICK -> new GrowthPlan(1, Duration.ofMillis(100), 100_000, 10_000, 10_000, 1_000, 512, 1_024 * 1_024);
        };
    }

    /** Returns the sizes of a curve, from the smallest. */
    List<Long> sizes(Curve curve) {
        return switch (curve) {
            case MEMORY, CAFFEINE -> sizes(ENTRIES_MIN, memoryMax, DECADE);
            case DISK -> sizes(ENTRIES_MIN, diskMax, DECADE);
            case TAGS_MEMORY -> sizes(1, membersMax, DECADE);
            case TAGS_REDIS -> sizes(1, membersOnRedisMax, DECADE);
            case CALLERS_MEMORY, CALLERS_REDIS -> sizes(1, callersMax, CALLERS_STEP);
            case VALUES_MEMORY, VALUES_DISK, VALUES_REDIS -> sizes(VALUES_STEP, valueMax, VALUES_STEP);
        };
    }

    private static List<Long> sizes(long first, long last, int step) {
        return LongStream.iterate(first, size -> size <= last, size -> size * step)
                .boxed()
                .toList();
    }
}
