package io.larder.testkit;

import io.larder.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands still until it is turned by hand. Thread-safe; its coarse reading is exact. */
public final class FakeClock implements Clock {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final AtomicLong millis = new AtomicLong(START.toEpochMilli());
    private final AtomicLong nanos = new AtomicLong();

    /** Makes one that stands at the start of 2026. */
    public FakeClock() {}

    /** Lets {@code duration} pass, in whole milliseconds for the time of day. */
    public void advance(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("duration must not be negative, was " + duration);
        }
        nanos.addAndGet(duration.toNanos());
        millis.addAndGet(duration.toMillis());
    }

    /** Sets the time of day, also back, as an operator may do; no time passes by that. */
    public void set(Instant now) {
        millis.set(now.toEpochMilli());
    }

    @Override
    public long millis() {
        return millis.get();
    }

    @Override
    public long coarseMillis() {
        return millis.get();
    }

    @Override
    public long nanos() {
        return nanos.get();
    }
}
