package io.larder.bench.load;

import io.larder.bench.rounds.Effort;
import java.time.Duration;
import java.util.Locale;

/**
 * How often everything is measured, and for how long.
 *
 * @param matrix all that is measured
 * @param rounds over all
 * @param start of each workload before the first round, for the compiler
 * @param warmup before each measurement
 * @param measured by each measurement
 */
public record LoadPlan(LoadMatrix matrix, int rounds, Duration start, Duration warmup, Duration measured) {

    /** Filling, and what the threads of a measurement need to start and to stop. */
    private static final Duration OVERHEAD = Duration.ofMillis(60);

    /** Returns the plan of a run. */
    public static LoadPlan of(LoadMatrix matrix, Effort effort) {
        return switch (effort) {
            case FULL ->
                new LoadPlan(matrix, 3, Duration.ofMillis(1_500), Duration.ofMillis(300), Duration.ofMillis(900));
            case QUICK ->
                new LoadPlan(matrix, 1, Duration.ofMillis(600), Duration.ofMillis(150), Duration.ofMillis(400));
        };
    }

    /** Returns how long a run with so many peers is going to take. */
    public Duration expected(int peers) {
        int cells = matrix.workloads().size()
                * matrix.threads().size()
                * matrix.valueBytes().size();
        Duration each = warmup.plus(measured).plus(OVERHEAD);
        return start.multipliedBy((long) matrix.workloads().size() * peers)
                .plus(each.multipliedBy((long) rounds * cells * peers));
    }

    /** Returns what one measurement consists of, in words. */
    public String words() {
        return String.format(
                Locale.ROOT, "%.1f s warm-up, %.1f s measured", warmup.toMillis() / 1e3, measured.toMillis() / 1e3);
    }
}
