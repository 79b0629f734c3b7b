package io.larder.bench.tiers;

import java.time.Duration;

/**
 * What the callers of a process do.
 *
 * @param threads how many callers there are
 * @param writesPercent how many of their calls are writes
 */
record Shift(int threads, int writesPercent, Duration time) {

    /** Returns it as words for an order. */
    String text() {
        return threads + " " + writesPercent + " " + time.toMillis();
    }

    /** Returns what an order says, whose name is the first of the words. */
    static Shift parse(String... words) {
        return new Shift(
                Integer.parseInt(words[1]), Integer.parseInt(words[2]), Duration.ofMillis(Long.parseLong(words[3])));
    }
}
