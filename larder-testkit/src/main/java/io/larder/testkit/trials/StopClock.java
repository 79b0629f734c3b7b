package io.larder.testkit.trials;

/** Counts the time since it was started. Immutable. */
public final class StopClock {

    private final long startNanos = System.nanoTime();

    private StopClock() {}

    /** Starts one. */
    public static StopClock start() {
        return new StopClock();
    }

    /** Returns the milliseconds since then. */
    public double millis() {
        return (System.nanoTime() - startNanos) / 1e6;
    }
}
