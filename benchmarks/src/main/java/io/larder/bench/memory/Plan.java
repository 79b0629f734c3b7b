package io.larder.bench.memory;

import io.larder.bench.rounds.Effort;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** How often everything is measured, and for how long. */
public record Plan(int rounds, int warmups, int measurements, Duration iteration) {

    /** On so many threads everything is measured. */
    public static final List<Integer> THREADS = List.of(1, 8);

    /** A JVM starts, fills its cache and stops. */
    private static final Duration FORK = Duration.ofMillis(1_500);

    /** Returns the plan of a run. */
    public static Plan of(Effort effort) {
        return switch (effort) {
            case FULL -> new Plan(3, 2, 3, Duration.ofSeconds(1));
            case QUICK -> new Plan(1, 1, 1, Duration.ofMillis(400));
        };
    }

    Duration expected() {
        Duration one = iteration.multipliedBy(warmups + measurements).plus(FORK);
        return one.multipliedBy((long) rounds * Peer.values().length * Workload.values().length * THREADS.size());
    }

    /** Returns what one measurement consists of, in words. */
    public String words() {
        double seconds = iteration.toMillis() / 1000.0;
        return String.format(
                Locale.ROOT, "%d × %.1f s warm-up, %d × %.1f s measured", warmups, seconds, measurements, seconds);
    }
}
