package io.larder.spi;

import io.larder.BackendException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A failure that is known. Immutable. */
record FailedReply<T extends @Nullable Object>(RuntimeException failure) implements Reply<T> {

    static <T extends @Nullable Object> Reply<T> rethrow(RuntimeException failure) {
        throw failure;
    }

    /** Returns what went wrong without the wrappers that futures put around it; an error is thrown as it is. */
    static RuntimeException unwrap(Throwable failure) {
        Throwable inner = failure;
        while ((inner instanceof CompletionException || inner instanceof ExecutionException)
                && inner.getCause() != null) {
            inner = inner.getCause();
        }
        if (inner instanceof Error error) {
            throw error;
        }
        if (inner instanceof RuntimeException unchecked) {
            return unchecked;
        }
        String what = inner instanceof TimeoutException ? "No answer in time" : String.valueOf(inner.getMessage());
        return BackendException.passing(what, inner);
    }

    @Override
    public T join() {
        throw failure;
    }

    @Override
    public CompletableFuture<T> toFuture(Executor executor) {
        return CompletableFuture.failedFuture(failure);
    }

    @Override
    public Reply<T> within(long timeoutMillis) {
        return this;
    }
}
