package io.larder.spi;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A reply that is made of another one's answer, or of its failure. */
record ChainReply<S extends @Nullable Object, T extends @Nullable Object>(
        Reply<S> first,
        Function<? super S, ? extends Reply<? extends T>> onValue,
        Function<? super RuntimeException, ? extends Reply<? extends T>> onFailure)
        implements Reply<T> {

    /** Loops where a step returns another chain, so that a walk over thousands of empty pages needs no deep stack. */
    @Override
    public T join() {
        Reply<? extends T> reply = next();
        while (reply instanceof ChainReply<?, ? extends T> chain) {
            reply = chain.next();
        }
        return reply.join();
    }

    private Reply<? extends T> next() {
        S value;
        try {
            value = first.join();
        } catch (RuntimeException failure) {
            return onFailure.apply(failure);
        }
        return onValue.apply(value);
    }

    @Override
    public CompletableFuture<T> toFuture(Executor executor) {
        Reply<? extends T> reply = this;
        try {
            while (reply instanceof ChainReply<?, ? extends T> chain && chain.first.isReady()) {
                reply = chain.next();
            }
        } catch (RuntimeException failure) {
            return CompletableFuture.failedFuture(failure);
        }
        Reply<T> rest = widened(reply);
        return rest instanceof ChainReply<?, T> chain ? chain.afterFirst(executor) : rest.toFuture(executor);
    }

    private CompletableFuture<T> afterFirst(Executor executor) {
        return first.toFuture(executor)
                .handle((value, failure) ->
                        failure == null ? onValue.apply(value) : onFailure.apply(FailedReply.unwrap(failure)))
                .thenCompose(reply -> ChainReply.<T>widened(reply).toFuture(executor));
    }

    /** Safe, because a reply only gives its answer away. */
    @SuppressWarnings("unchecked")
    private static <T extends @Nullable Object> Reply<T> widened(Reply<? extends T> reply) {
        return (Reply<T>) reply;
    }

    /** Limits each wait, not their sum: a walk over a million keys may take as long as its server keeps answering. */
    @Override
    public Reply<T> within(long timeoutMillis) {
        return new ChainReply<>(
                first.within(timeoutMillis),
                value -> onValue.apply(value).within(timeoutMillis),
                failure -> onFailure.apply(failure).within(timeoutMillis));
    }
}
