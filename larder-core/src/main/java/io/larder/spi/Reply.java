package io.larder.spi;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is <em>ready</em>, <em>pending</em> (a client's future) or <em>deferred</em> (work not started yet).
 *
 * <p>It lets a layer be written once for callers who block and callers who do not: the steps chained to a reply run where
 * the answer is asked for, on the thread that calls {@link #join} or on the executor given to {@link #toFuture}, and never on
 * a client's I/O thread. A reply is asked for once, by one caller; only a ready one may be asked again.
 */
public sealed interface Reply<T extends @Nullable Object>
        permits AllReply, ChainReply, DeferredReply, Entry, FailedReply, LimitedReply, PendingReply, ReadyReply {

    /** Returns an answer that is known already. */
    static <T extends @Nullable Object> Reply<T> ready(T value) {
        return new ReadyReply<>(value);
    }

    /** Returns yes or no, without an allocation. */
    static Reply<Boolean> ready(boolean value) {
        return value ? ReadyReply.YES : ReadyReply.NO;
    }

    /** Returns the answer "none", without an allocation. */
    @SuppressWarnings("unchecked")
    static <T extends @Nullable Object> Reply<T> none() {
        return (Reply<T>) ReadyReply.NONE;
    }

    /** Returns an answer that is already known to be a failure. */
    static <T extends @Nullable Object> Reply<T> failed(RuntimeException failure) {
        return new FailedReply<>(failure);
    }

    /** Returns the answer that {@code stage} will give. */
    static <T extends @Nullable Object> Reply<T> pending(CompletionStage<T> stage) {
        return pending(stage, WaitStrategy.PARKING);
    }

    /** Returns the answer that {@code stage} will give; a thread that needs it waits as {@code waiting} says. */
    static <T extends @Nullable Object> Reply<T> pending(CompletionStage<T> stage, WaitStrategy waiting) {
        return new PendingReply<>(stage.toCompletableFuture(), waiting);
    }

    /** Returns an answer that {@code work} makes when it is asked for; the work may block. */
    static <T extends @Nullable Object> Reply<T> deferred(Supplier<? extends T> work) {
        return new DeferredReply<>(limit -> work.get(), DeferredReply.UNLIMITED);
    }

    /**
     * Returns an answer that {@code work} makes when it is asked for; the work may block, for as many milliseconds as it is told, and
     * ends itself when they are over. {@link Long#MAX_VALUE} is no limit.
     */
    static <T extends @Nullable Object> Reply<T> deferredWithin(LongFunction<? extends T> work) {
        return new DeferredReply<>(work, DeferredReply.UNLIMITED);
    }

    /** Returns all answers in order; every one is waited for, then the first failure is thrown. */
    static <T extends @Nullable Object> Reply<List<T>> all(Collection<? extends Reply<? extends T>> replies) {
        return new AllReply<>(List.copyOf(replies));
    }

    /** Returns the answer, waiting for it or doing the deferred work on this thread; throws what went wrong, unwrapped. */
    T join();

    /** Returns the answer as a future; deferred work and steps after a wait run on {@code executor}. */
    CompletableFuture<T> toFuture(Executor executor);

    /**
     * Returns this reply with a limit on the wait, from now on: beyond it a pending answer is a {@link
     * java.util.concurrent.TimeoutException}'s, as is the future of a deferred one; its work is told the limit. A later step that
     * waits anew has the limit anew.
     */
    Reply<T> within(long timeoutMillis);

    /** Returns whether {@link #join} answers at once and does not fail, so that a view may look without asking for a failure. */
    default boolean isReady() {
        return false;
    }

    /** Returns the reply that {@code next} makes of the answer. */
    default <U extends @Nullable Object> Reply<U> then(Function<? super T, ? extends Reply<? extends U>> next) {
        return new ChainReply<>(this, next, FailedReply::rethrow);
    }

    /** Returns the answer changed by {@code step}, which must not block. */
    default <U extends @Nullable Object> Reply<U> map(Function<? super T, ? extends U> step) {
        return then(value -> Reply.ready(step.apply(value)));
    }

    /** Returns this answer or, when it is a failure, the one that {@code rescue} makes of it. */
    default Reply<T> recover(Function<? super RuntimeException, ? extends Reply<? extends T>> rescue) {
        return new ChainReply<>(this, Reply::ready, rescue);
    }

    /** Returns the same answer or failure, after {@code step}, which must neither block nor fail. */
    default Reply<T> whenDone(Runnable step) {
        return new ChainReply<>(
                this,
                value -> {
                    step.run();
                    return Reply.ready(value);
                },
                failure -> {
                    step.run();
                    throw failure;
                });
    }
}
