package io.larder.memcached;

/** Measures how long something takes. */
final class StopClock {

    private final long startNanos = System.nanoTime();

    private StopClock() {}

    static StopClock start() {
        return new StopClock();
    }

    long millis() {
        return (System.nanoTime() - startNanos) / 1_000_000;
    }
}
