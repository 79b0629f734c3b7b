package io.larder.testkit.history;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * What the callers of a history draw, whichever program they are in. Thread-safe.
 *
 * @param order never draws less than has been drawn before
 * @param values never draws a number twice
 */
public record Marks(LongSupplier order, LongSupplier values) {

    /** How many numbers a program may draw. */
    private static final long VALUES_MAX = 1L << 40;

    private static final AtomicLong VALUES = new AtomicLong();

    /** Returns those of a history that is made in this program alone, in which each draw is another moment. */
    static Marks ofThisProgram() {
        return new Marks(new AtomicLong()::incrementAndGet, VALUES::incrementAndGet);
    }

    /**
     * Returns those of one of several programs on this machine, numbered from 0.
     *
     * @param nanos a clock that they share; two moments that it does not tell apart may have been either way round
     */
    public static Marks ofProgram(int number, LongSupplier nanos) {
        return new Marks(nanos, new AtomicLong(number * VALUES_MAX)::incrementAndGet);
    }
}
