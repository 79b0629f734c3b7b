package io.larder;

import java.util.concurrent.locks.LockSupport;

/**
 * The machine's clock. Thread-safe.
 *
 * <p>A daemon thread refreshes the coarse readings every {@value #TICK_MILLIS} milliseconds, a small part of the lag that
 * readers allow for, so that a delayed tick does not make an entry outlive its deadline.
 */
final class SystemClock implements Clock, AutoCloseable {

    private static final int TICK_MILLIS = 10;

    private final Thread ticker;
    private volatile long coarseMillis = System.currentTimeMillis();
    private volatile long coarseNanos = System.nanoTime();
    private volatile boolean closed;

    SystemClock() {
        ticker = new Thread(this::tick, "larder-clock-1");
        ticker.setDaemon(true);
        ticker.start();
    }

    @Override
    public long millis() {
        return System.currentTimeMillis();
    }

    @Override
    public long coarseMillis() {
        return coarseMillis;
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public long coarseNanos() {
        return coarseNanos;
    }

    @Override
    public void close() {
        closed = true;
        // A cache may outlive its Larder in a caller's hands; with no ticker left it must not take the time for frozen.
        end();
        LockSupport.unpark(ticker);
    }

    private void tick() {
        while (!closed) {
            coarseMillis = System.currentTimeMillis();
            coarseNanos = System.nanoTime();
            LockSupport.parkNanos(TICK_MILLIS * 1_000_000L);
        }
        end();
    }

    /** Takes the coarse readings further than any deadline, so that the exact ones are asked. */
    private void end() {
        coarseMillis = Long.MAX_VALUE;
        coarseNanos = System.nanoTime() + Long.MAX_VALUE / 2;
    }
}
