package io.larder.spi;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Work that starts when its answer is asked for, and is told how long it may take. */
record DeferredReply<T extends @Nullable Object>(LongFunction<? extends T> work, long timeoutMillis)
        implements Reply<T> {

    static final long UNLIMITED = Long.MAX_VALUE;

    @Override
    public T join() {
        return work.apply(timeoutMillis);
    }

    @Override
    public CompletableFuture<T> toFuture(Executor executor) {
        try {
            CompletableFuture<T> future = CompletableFuture.supplyAsync(this::join, executor);
            return timeoutMillis == UNLIMITED ? future : future.orTimeout(timeoutMillis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Tells the work, because what runs on the caller's own thread cannot be abandoned and has to bound itself. */
    @Override
    public Reply<T> within(long timeoutMillis) {
        return timeoutMillis < this.timeoutMillis ? new DeferredReply<>(work, timeoutMillis) : this;
    }
}
