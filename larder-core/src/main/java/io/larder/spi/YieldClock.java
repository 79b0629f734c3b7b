package io.larder.spi;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets other threads run while an answer is on its way, instead of parking the one that waits for it, where that pays. Thread-safe.
 *
 * <p>It saves two switches of context where other callers, or the thread that brings the answer, are all there is to run. Where other
 * programs keep the processors busy, a thread that yields is back a time slice later. How long a yield takes does not tell the two apart,
 * so it is tried out: short windows with and without, in turn, then a term of what let more calls through.
 */
final class YieldClock {

    static final long WINDOW_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    static final int WINDOWS = 6;
    static final long TERM_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** What yielding has to let through for each call that goes through without it; for less, the processors may have a rest. */
    private static final double GAIN_MIN = 1.1;

    private static final YieldClock SHARED = new YieldClock(System.nanoTime());

    private final LongAdder waits = new LongAdder();
    private final ReentrantLock turn = new ReentrantLock();
    private volatile boolean yields;
    private volatile long endNanos;
    /** Of the window or the term; guarded by {@code turn}, as are the next ones. */
    private long beginNanos;

    private int windows;
    /** Waits a nanosecond, added up over the windows with and without. */
    private double paceWith;

    private double paceWithout;

    YieldClock(long nowNanos) {
        beginTrial(nowNanos);
    }

    /** Returns when {@code future} is done, or after {@code times}, or at once if it does not pay. */
    @SuppressWarnings("ThreadPriorityCheck") // What it saves depends on the scheduler; that it ends does not.
    static void yieldFor(CompletableFuture<?> future, int times) {
        if (future.isDone() || !SHARED.pays(System.nanoTime())) {
            return;
        }
        for (int i = 0; i < times && !future.isDone(); i++) {
            Thread.yield();
        }
    }

    /** Returns whether the wait that begins now should yield. */
    boolean pays(long nowNanos) {
        waits.increment();
        if (nowNanos - endNanos >= 0 && turn.tryLock()) {
            try {
                if (nowNanos - endNanos >= 0) {
                    endWindow(nowNanos);
                }
            } finally {
                turn.unlock();
            }
        }
        return yields;
    }

    private void endWindow(long nowNanos) {
        long tookNanos = nowNanos - beginNanos;
        if (windows == WINDOWS || tookNanos > 2 * WINDOW_NANOS) {
            // The term is over, or too few waited to tell one from the other.
            beginTrial(nowNanos);
            return;
        }
        double pace = (double) waits.sumThenReset() / tookNanos;
        if (yields) {
            paceWith += pace;
        } else {
            paceWithout += pace;
        }
        windows++;
        boolean isOver = windows == WINDOWS;
        yields = isOver ? paceWith > GAIN_MIN * paceWithout : !yields;
        begin(nowNanos, isOver ? TERM_NANOS : WINDOW_NANOS);
    }

    private void beginTrial(long nowNanos) {
        windows = 0;
        paceWith = 0;
        paceWithout = 0;
        yields = false;
        waits.reset();
        begin(nowNanos, WINDOW_NANOS);
    }

    private void begin(long nowNanos, long nanos) {
        beginNanos = nowNanos;
        endNanos = nowNanos + nanos;
    }
}
