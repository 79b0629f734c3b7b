package io.larder.disk;

/** The machine's time, for waits that have to end, and for the age of files, also where a test turns the {@link io.larder.Clock}. */
final class MachineClock {

    private MachineClock() {}

    /** Returns nanoseconds of which only differences mean anything. */
    static long nanos() {
        return System.nanoTime();
    }

    /** Returns the time that files of this moment are stamped with. */
    static long millis() {
        return System.currentTimeMillis();
    }
}
