package io.larder.bench;

import java.time.Duration;
import java.util.Locale;

/** How often everything is measured, and for how long. */
record Plan(int rounds, int warmups, int measurements, Duration iteration) {

    static final int[] THREADS = {1, 8};

    static final Plan FULL = new Plan(3, 2, 3, Duration.ofSeconds(1));
    /** Enough to see that all works, too little to quote. */
    static final Plan QUICK = new Plan(1, 1, 1, Duration.ofMillis(400));

    /** A JVM starts, fills its cache and stops. */
    private static final Duration FORK = Duration.ofMillis(1_500);

    Duration expected() {
        Duration one = iteration.multipliedBy(warmups + measurements).plus(FORK);
        return one.multipliedBy((long) rounds * Peer.values().length * Workload.values().length * THREADS.length);
    }

    /** Returns what one measurement consists of, in words. */
    String words() {
        double seconds = iteration.toMillis() / 1000.0;
        return String.format(
                Locale.ROOT, "%d × %.1f s warm-up, %d × %.1f s measured", warmups, seconds, measurements, seconds);
    }
}
