package io.larder.spi;

import io.larder.BackendException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** An answer that a future of somebody else will give. Thread-safe, as the future is. */
record PendingReply<T extends @Nullable Object>(CompletableFuture<T> future, WaitStrategy waiting) implements Reply<T> {

    @Override
    public T join() {
        try {
            if (!future.isDone()) {
                waiting.await(future, Long.MAX_VALUE);
            }
            return future.get();
        } catch (InterruptedException e) {
            throw interrupted(e);
        } catch (ExecutionException e) {
            throw FailedReply.unwrap(e);
        }
    }

    static BackendException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return BackendException.passing("Interrupted while waiting for an answer", cause);
    }

    /**
     * Hops to the executor, so that what the caller chains does not run on the thread that completes the future; failures, which
     * {@code thenApplyAsync} would pass on where they happen, hop as well.
     */
    @Override
    public CompletableFuture<T> toFuture(Executor executor) {
        if (future.isDone()) {
            return future.copy();
        }
        waiting.unattended();
        return future.whenCompleteAsync((value, failure) -> {}, executor);
    }

    @Override
    public Reply<T> within(long timeoutMillis) {
        return LimitedReply.of(future, waiting, timeoutMillis);
    }

    @Override
    public boolean isReady() {
        return future.isDone() && !future.isCompletedExceptionally();
    }
}
