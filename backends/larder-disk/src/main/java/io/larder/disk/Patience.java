package io.larder.disk;

import io.larder.BackendException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Waits for what other processes hold, until a point in time. Confined to one thread.
 *
 * <p>Nobody tells when a lock is free, so it is asked for again and again: soon, because a transaction takes tens of microseconds,
 * and at random moments, so that none of several processes is always the last.
 */
final class Patience {

    private static final long PAUSE_NANOS_MIN = 20_000;
    private static final long PAUSE_NANOS_MAX = 1_000_000;

    private final long startNanos = MachineClock.nanos();
    private final long timeoutNanos;
    private long pauseNanos = PAUSE_NANOS_MIN;

    Patience(long timeoutMillis) {
        this.timeoutNanos = TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    }

    long remainingNanos() {
        return timeoutNanos - (MachineClock.nanos() - startNanos);
    }

    boolean isOver() {
        return remainingNanos() <= 0;
    }

    /** Waits a moment, and returns whether there is time for another attempt. */
    boolean pause() {
        boolean paused = pause(pauseNanos);
        pauseNanos = Math.min(2 * pauseNanos, PAUSE_NANOS_MAX);
        return paused;
    }

    /** Waits as {@link #pause} does after many attempts. */
    boolean pauseLong() {
        return pause(PAUSE_NANOS_MAX);
    }

    private boolean pause(long maxNanos) {
        long limitNanos = Math.min(maxNanos, remainingNanos());
        if (limitNanos <= 0) {
            return false;
        }
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(limitNanos) + 1);
        failIfInterrupted();
        return true;
    }

    /** Parking does not wait once a thread is interrupted, so that waiting on would only burn the processor. */
    static void failIfInterrupted() {
        if (Thread.currentThread().isInterrupted()) {
            throw BackendException.passing(
                    "Interrupted while waiting for the disk", new InterruptedException("while waiting"));
        }
    }
}
