package io.larder.redis;

import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Pauses between attempts to connect: each about twice the one before, up to a limit, no two clients alike. Thread-safe. */
final class Backoff extends Delay {

    private static final int DOUBLINGS_MAX = 20;

    private final long millisMax;

    Backoff(Duration max) {
        this.millisMax = max.toMillis();
    }

    /** Returns the pause before the attempt; the first one is 1. */
    @Override
    public Duration createDelay(long attempt) {
        int doublings = (int) Math.min(Math.max(attempt, 1) - 1, DOUBLINGS_MAX);
        long millis = Math.min((long) RedisLink.RECONNECT_MILLIS_MIN << doublings, millisMax);
        // Half of it at random, so that a thousand clients of a server that came back do not arrive at once.
        return Duration.ofMillis(millis / 2 + ThreadLocalRandom.current().nextLong(millis / 2 + 1));
    }
}
