package io.larder;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands still until it is turned. Thread-safe. */
public final class HandClock implements Clock {

    private final AtomicInteger exactReads = new AtomicInteger();
    private final AtomicLong nanos = new AtomicLong();
    private volatile long lagMillis;

    public HandClock(long millis) {
        nanos.set(millis * 1_000_000);
    }

    public void advance(Duration by) {
        nanos.addAndGet(by.toNanos());
    }

    public void lag(long millis) {
        lagMillis = millis;
    }

    public int exactReads() {
        return exactReads.get();
    }

    @Override
    public long millis() {
        exactReads.incrementAndGet();
        return nanos.get() / 1_000_000;
    }

    @Override
    public long coarseMillis() {
        return nanos.get() / 1_000_000 - lagMillis;
    }

    @Override
    public long nanos() {
        exactReads.incrementAndGet();
        return nanos.get();
    }

    @Override
    public long coarseNanos() {
        return nanos.get() - lagMillis * 1_000_000;
    }
}
