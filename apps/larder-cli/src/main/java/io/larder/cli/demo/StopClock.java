package io.larder.cli.demo;

/** Counts the time since it was started. Immutable. */
final class StopClock {

    private final long from = System.nanoTime();

    private StopClock() {}

    static StopClock start() {
        return new StopClock();
    }

    long nanos() {
        return System.nanoTime() - from;
    }
}
