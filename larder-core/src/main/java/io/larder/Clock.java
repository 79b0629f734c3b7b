package io.larder;

/**
 * Where every deadline and duration in Larder comes from; tests put a clock in that they turn by hand.
 *
 * <p>Implementations are thread-safe.
 */
public interface Clock {

    /** The furthest, in milliseconds, that {@link #coarseMillis} may lag behind {@link #millis} on a machine that is not starved. */
    long COARSE_LAG_MILLIS = 1_000;

    /** The furthest, in nanoseconds, that {@link #coarseNanos} may lag behind {@link #nanos} on a machine that is not starved. */
    long COARSE_LAG_NANOS = 250_000_000;

    /** Returns the milliseconds since the Unix epoch; exact, but it may jump when the machine's time is set. */
    long millis();

    /**
     * Returns a {@link #millis} that was right at most {@link #COARSE_LAG_MILLIS} ago, for the price of a field read.
     *
     * <p>A deadline that is further away than the lag has certainly not passed; anything nearer asks {@link #millis}.
     */
    long coarseMillis();

    /** Returns nanoseconds from an arbitrary origin; only differences mean anything, and they never run backwards. */
    long nanos();

    /** Returns a {@link #nanos} that was right at most {@link #COARSE_LAG_NANOS} ago, for the price of a field read. */
    default long coarseNanos() {
        return nanos();
    }

    /** Returns whether {@code deadlineMillis} still lies ahead, at the price of a field read unless it is near. */
    default boolean isBefore(long deadlineMillis) {
        return coarseMillis() < deadlineMillis - COARSE_LAG_MILLIS || millis() < deadlineMillis;
    }

    /** Returns whether {@code deadlineNanos}, one of {@link #nanos}, still lies ahead, at the price of a field read unless it is near. */
    default boolean isBeforeNanos(long deadlineNanos) {
        return coarseNanos() - deadlineNanos < -COARSE_LAG_NANOS || nanos() - deadlineNanos < 0;
    }
}
