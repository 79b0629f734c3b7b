package io.larder.spi;

import java.util.concurrent.CompletableFuture;

/** How a thread waits for an answer that a client brings, before it is parked. Thread-safe. */
@FunctionalInterface
public interface WaitStrategy {

    /** The thread is parked at once. */
    WaitStrategy PARKING = (answer, nanos) -> {};

    /**
     * Returns a strategy that lets other threads run, so often at most; for parking costs two switches of context. While other programs keep
     * the machine busy, the thread is parked at once.
     */
    static WaitStrategy yielding(int times) {
        return times == 0 ? PARKING : (answer, nanos) -> YieldClock.yieldFor(answer, times);
    }

    /**
     * Waits; called on the thread that needs {@code answer}, which is parked if it returns before that is there. An interrupt is left as it is.
     *
     * @param nanos the longest wait, more than 0
     */
    void await(CompletableFuture<?> answer, long nanos);

    /** Hears that no thread waits for an answer, but somebody who is called when it comes. */
    default void unattended() {}
}
