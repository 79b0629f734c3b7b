package io.larder.redis;

/** Counts the time since it was started. Immutable. */
final class StopClock {

    private final long startNanos = System.nanoTime();

    private StopClock() {}

    static StopClock start() {
        return new StopClock();
    }

    double millis() {
        return (System.nanoTime() - startNanos) / 1e6;
    }
}
