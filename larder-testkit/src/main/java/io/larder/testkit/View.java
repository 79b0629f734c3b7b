package io.larder.testkit;

import io.larder.Cache;
import io.larder.spi.Reply;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The two ways to call; a contract runs every case through both. */
public enum View {
    /** Waits for each answer. */
    SYNC {
        @Override
        public <T extends @Nullable Object> T ask(Reply<T> reply, Executor executor) {
            return reply.join();
        }

        @Override
        public <K, V> Cache<K, V> cache(Cache<K, V> cache) {
            return cache;
        }
    },
    /** Takes each answer as a future. */
    ASYNC {
        @Override
        public <T extends @Nullable Object> T ask(Reply<T> reply, Executor executor) {
            return join(reply.toFuture(executor));
        }

        @Override
        public <K, V> Cache<K, V> cache(Cache<K, V> cache) {
            return new JoinedCache<>(cache);
        }
    };

    /** Returns the answer, asked for in this way; throws what went wrong, unwrapped. */
    public abstract <T extends @Nullable Object> T ask(Reply<T> reply, Executor executor);

    /** Returns {@code cache} itself, or the same calls by way of {@link Cache#async}. */
    public abstract <K, V> Cache<K, V> cache(Cache<K, V> cache);

    /** Returns what {@code future} brings; throws what went wrong without the wrapper that the future puts around it. */
    static <T extends @Nullable Object> T join(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw e;
        }
    }
}
