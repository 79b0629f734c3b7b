package io.larder.spi;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A {@link PendingReply} that is waited for until a point in time. Thread-safe, as the future is.
 *
 * <p>A caller who waits bounds its own wait; only the future of a caller who does not wait costs a task on a timer. The limit
 * is a point in time, so that several answers asked for together share it, though they are waited for one after the other.
 */
record LimitedReply<T extends @Nullable Object>(CompletableFuture<T> future, WaitStrategy waiting, long untilNanos)
        implements Reply<T> {

    static <T extends @Nullable Object> LimitedReply<T> of(
            CompletableFuture<T> future, WaitStrategy waiting, long timeoutMillis) {
        return new LimitedReply<>(future, waiting, WaitClock.nanos() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis));
    }

    @Override
    public T join() {
        try {
            long nanos = remainingNanos();
            if (nanos > 0 && !future.isDone()) {
                waiting.await(future, nanos);
            }
            return future.isDone() ? future.get() : future.get(remainingNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            throw PendingReply.interrupted(e);
        } catch (TimeoutException | ExecutionException e) {
            throw FailedReply.unwrap(e);
        }
    }

    @Override
    public CompletableFuture<T> toFuture(Executor executor) {
        if (future.isDone()) {
            return future.copy();
        }
        CompletableFuture<T> limited = future.copy().orTimeout(remainingNanos(), TimeUnit.NANOSECONDS);
        return new PendingReply<>(limited, waiting).toFuture(executor);
    }

    @Override
    public Reply<T> within(long timeoutMillis) {
        LimitedReply<T> sooner = of(future, waiting, timeoutMillis);
        return sooner.untilNanos - untilNanos < 0 ? sooner : this;
    }

    @Override
    public boolean isReady() {
        return future.isDone() && !future.isCompletedExceptionally();
    }

    private long remainingNanos() {
        return Math.max(0, untilNanos - WaitClock.nanos());
    }
}
