package io.larder.spi;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Lets other threads run while an answer is on its way, instead of parking the one that waits for it. Thread-safe.
 *
 * <p>It saves two switches of context where other callers, or the thread that brings the answer, are all there is to run. Where other
 * programs keep the processors busy, a thread that yields is back a time slice later; when that happens often, nobody yields for a while.
 */
final class YieldClock {

    /** Longer than hundreds of callers need for a step each, shorter than a time slice. */
    private static final long YIELD_NANOS_MAX = TimeUnit.MILLISECONDS.toNanos(1);

    /** How many short yields make up for a long one; more than one in so many is too much. */
    private static final int SHORT_FOR_LONG = 16;

    private static final int STRAIN_MAX = 4 * SHORT_FOR_LONG;
    private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Racy on purpose, as is the next one: a thread that overlooks something yields once more. */
    private static volatile long restUntilNanos = System.nanoTime();

    private static volatile int strain;

    private YieldClock() {}

    /** Returns when {@code future} is done, or after {@code times}, or when it does not pay. */
    @SuppressWarnings("ThreadPriorityCheck") // What it saves depends on the scheduler; that it ends does not.
    static void yieldFor(CompletableFuture<?> future, int times) {
        if (times == 0 || future.isDone()) {
            return;
        }
        long before = System.nanoTime();
        for (int i = 0; i < times && !future.isDone() && before - restUntilNanos >= 0; i++) {
            Thread.yield();
            long after = System.nanoTime();
            strain(after - before > YIELD_NANOS_MAX, after);
            before = after;
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // Racy on purpose.
    private static void strain(boolean isLong, long nowNanos) {
        if (!isLong) {
            if (strain > 0) {
                strain--;
            }
        } else if ((strain += SHORT_FOR_LONG) > STRAIN_MAX) {
            strain = 0;
            restUntilNanos = nowNanos + REST_NANOS;
        }
    }
}
