package io.larder.memcached.client;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Pauses after attempts that failed: each about twice the one before, up to a limit, no two clients alike. Thread-safe. */
final class Backoff {

    private static final int DOUBLINGS_MAX = 20;

    private final long millisMin;
    private final long millisMax;

    Backoff(Duration min, Duration max) {
        this.millisMin = min.toMillis();
        this.millisMax = max.toMillis();
    }

    /** Returns the pause after so many failures in a row. */
    long millis(int failures) {
        int doublings = Math.min(Math.max(failures, 1) - 1, DOUBLINGS_MAX);
        long millis = millisMin > millisMax >> doublings ? millisMax : millisMin << doublings;
        // Half of it at random, so that a thousand clients of a server that came back do not arrive at once.
        return millis / 2 + ThreadLocalRandom.current().nextLong(millis / 2 + 1);
    }
}
