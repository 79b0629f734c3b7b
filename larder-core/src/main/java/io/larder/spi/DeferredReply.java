package io.larder.spi;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Work that starts when its answer is asked for. */
record DeferredReply<T extends @Nullable Object>(Supplier<? extends T> work) implements Reply<T> {

    @Override
    public T join() {
        return work.get();
    }

    @Override
    public CompletableFuture<T> toFuture(Executor executor) {
        try {
            return CompletableFuture.supplyAsync(work::get, executor);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Returns this: work on the caller's own thread cannot be abandoned, it has to bound itself. */
    @Override
    public Reply<T> within(long timeoutMillis) {
        return this;
    }
}
