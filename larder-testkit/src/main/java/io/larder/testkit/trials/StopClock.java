package io.larder.testkit.trials;

/** Counts the time since it was started. Immutable. */
public final class StopClock {

    private final long startNanos = System.nanoTime();

    private StopClock() {}

    /** Starts one. */
    public static StopClock start() {
        return new StopClock();
    }

    /** Returns nanoseconds that all processes of this machine count alike, as {@code CLOCK_MONOTONIC} of Linux does. */
    static long sharedNanos() {
        return System.nanoTime();
    }

    /** Returns the milliseconds since then. */
    public double millis() {
        return (System.nanoTime() - startNanos) / 1e6;
    }
}
