package io.larder.spi;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Several answers as one. */
record AllReply<T extends @Nullable Object>(List<? extends Reply<? extends T>> replies) implements Reply<List<T>> {

    @Override
    public List<T> join() {
        List<T> values = new ArrayList<>(replies.size());
        RuntimeException firstFailure = null;
        for (Reply<? extends T> reply : replies) {
            try {
                values.add(reply.join());
            } catch (RuntimeException failure) {
                firstFailure = firstFailure == null ? failure : firstFailure;
            }
        }
        if (firstFailure != null) {
            throw firstFailure;
        }
        return values;
    }

    @Override
    public CompletableFuture<List<T>> toFuture(Executor executor) {
        List<? extends CompletableFuture<? extends T>> futures =
                replies.stream().map(reply -> reply.toFuture(executor)).toList();
        return CompletableFuture.allOf(futures.toArray(CompletableFuture<?>[]::new))
                .handle((done, failure) -> {
                    // Joined in order, so that the first failure is the same one as for a caller who waits.
                    List<T> values = new ArrayList<>(futures.size());
                    futures.forEach(future -> values.add(future.join()));
                    return values;
                });
    }

    @Override
    public Reply<List<T>> within(long timeoutMillis) {
        return new AllReply<T>(
                replies.stream().map(reply -> reply.within(timeoutMillis)).toList());
    }
}
