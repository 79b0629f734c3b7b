package io.larder.spi;

import io.larder.Clock;

/** Until when a {@link Watch} covers all keys, which a hit in memory asks each time. Thread-safe. */
public final class Cover {

    /** Further back than any program looks, and not so far that a difference overflows. */
    private static final long LONG_AGO_NANOS = Long.MAX_VALUE / 4;

    private final Clock clock;
    private volatile long untilNanos;

    /** Makes one that covers nothing yet. */
    public Cover(Clock clock) {
        this.clock = clock;
        end();
    }

    /** Returns whether all keys are covered now. */
    public boolean holds() {
        return clock.isBeforeNanos(untilNanos);
    }

    /** All keys are covered until then, by {@link Clock#nanos}, unless it ends before. */
    public void holdUntil(long nanos) {
        untilNanos = nanos;
    }

    /** Nothing is covered any more, however late the coarse clock may be. */
    public void end() {
        untilNanos = clock.nanos() - LONG_AGO_NANOS;
    }
}
