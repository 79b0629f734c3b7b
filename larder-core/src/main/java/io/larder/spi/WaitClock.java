package io.larder.spi;

/**
 * Time for waits on other people's futures, which end by the machine's time even where a test turns the {@link io.larder.Clock}.
 * Only differences mean anything.
 */
final class WaitClock {

    private WaitClock() {}

    static long nanos() {
        return System.nanoTime();
    }
}
