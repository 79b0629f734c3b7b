package io.larder.servlet;

/** The time of day of this machine, which the ages of responses are told by. */
final class WallClock {

    private WallClock() {}

    static long millis() {
        return System.currentTimeMillis();
    }
}
