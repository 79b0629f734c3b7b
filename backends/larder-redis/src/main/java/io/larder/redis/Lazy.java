package io.larder.redis;

import io.lettuce.core.RedisException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A connection that is made at the first call, by one attempt that all callers share. Thread-safe.
 *
 * <p>An attempt that failed answers for itself until its pause is over: nobody waits for what has just failed. Once connected, Lettuce
 * connects again by itself.
 */
final class Lazy {

    private final Supplier<? extends CompletionStage<Commands>> connect;
    private final Function<Throwable, RuntimeException> explain;
    private final Backoff backoff;
    private final ScheduledExecutorService scheduler;
    private final Executor callbacks;

    /** Null while nobody has asked, or a failed attempt may be repeated; written under the lock. */
    private volatile @Nullable CompletableFuture<Commands> way;
    /** Guarded by {@code this}. */
    private int failures;
    /** Guarded by {@code this}. */
    private boolean renewed;
    /** Guarded by {@code this}. */
    private boolean closed;

    /**
     * Makes one that is not connected yet.
     *
     * @param callbacks where callers of a finished attempt go on; not a client's I/O thread
     */
    Lazy(
            Supplier<? extends CompletionStage<Commands>> connect,
            Function<Throwable, RuntimeException> explain,
            Backoff backoff,
            ScheduledExecutorService scheduler,
            Executor callbacks) {
        this.connect = connect;
        this.explain = explain;
        this.backoff = backoff;
        this.scheduler = scheduler;
        this.callbacks = callbacks;
    }

    /** Returns the way, connecting if nobody has yet; must not be completed by the caller. */
    CompletableFuture<Commands> commands() {
        CompletableFuture<Commands> known = way;
        return known == null ? begin() : known;
    }

    /** Returns the way if it is open at this moment, else null. */
    @Nullable
    CompletableFuture<Commands> ifOpen() {
        CompletableFuture<Commands> known = way;
        return known != null
                        && known.isDone()
                        && !known.isCompletedExceptionally()
                        && known.join().connection().isOpen()
                ? known
                : null;
    }

    private CompletableFuture<Commands> begin() {
        CompletableFuture<Commands> attempt;
        synchronized (this) {
            CompletableFuture<Commands> known = way;
            if (known != null) {
                return known;
            }
            attempt = new CompletableFuture<>();
            if (closed) {
                attempt.completeExceptionally(explain.apply(new RedisException("Connection is closed")));
                return attempt;
            }
            way = attempt;
        }
        // Not on the caller's thread: the first attempt of a program loads a client's classes, which may outlast a
        // short timeout.
        onCallbacks(() -> connect(attempt), () -> end(attempt, null, null));
        return attempt;
    }

    private void connect(CompletableFuture<Commands> attempt) {
        try {
            connect.get()
                    .whenComplete((commands, failure) ->
                            onCallbacks(() -> end(attempt, commands, failure), () -> end(attempt, commands, failure)));
        } catch (RuntimeException | Error refused) {
            end(attempt, null, refused);
        }
    }

    private void onCallbacks(Runnable step, Runnable afterShutdown) {
        try {
            callbacks.execute(step);
        } catch (RejectedExecutionException shutDown) {
            afterShutdown.run();
        }
    }

    private void end(CompletableFuture<Commands> attempt, @Nullable Commands commands, @Nullable Throwable failure) {
        boolean late;
        synchronized (this) {
            late = closed;
            if (commands == null && !late) {
                failures++;
                after(backoff.createDelay(failures).toMillis(), () -> forget(attempt));
            } else if (!late) {
                failures = 0;
            }
        }
        if (commands != null && late) {
            var unused = commands.connection().closeAsync();
        }
        if (commands != null && !late) {
            attempt.complete(commands);
        } else {
            attempt.completeExceptionally(
                    explain.apply(failure == null ? new RedisException("Connection is closed") : failure));
        }
    }

    private synchronized void forget(CompletableFuture<Commands> attempt) {
        if (way == attempt) {
            way = null;
        }
    }

    /** Lets the next call connect anew, because this connection leads to a node that is no longer the right one; not more often than back-off allows. */
    void renew() {
        CompletableFuture<Commands> old = ifOpen();
        synchronized (this) {
            if (old == null || way != old || renewed || closed) {
                return;
            }
            renewed = true;
            way = null;
            after(backoff.createDelay(Integer.MAX_VALUE).toMillis(), this::allowRenewal);
        }
        var unused = old.join().connection().closeAsync();
    }

    private synchronized void allowRenewal() {
        renewed = false;
    }

    private void after(long millis, Runnable step) {
        try {
            var unused = scheduler.schedule(step, millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException shutDown) {
            // The Larder closes; nobody will call again.
        }
    }

    /** Closes the connection, or the one that is being made as soon as it is there; the future tells when. */
    CompletableFuture<?> close() {
        CompletableFuture<Commands> old;
        synchronized (this) {
            closed = true;
            old = way;
            way = null;
        }
        return old == null || !old.isDone()
                ? CompletableFuture.completedFuture(null)
                : old.thenCompose(commands -> commands.connection().closeAsync());
    }
}
