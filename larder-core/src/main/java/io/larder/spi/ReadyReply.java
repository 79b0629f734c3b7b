package io.larder.spi;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** An answer that is known. Immutable. */
record ReadyReply<T extends @Nullable Object>(T value) implements Reply<T> {

    static final Reply<Boolean> YES = new ReadyReply<>(true);
    static final Reply<Boolean> NO = new ReadyReply<>(false);

    @SuppressWarnings("NullAway") // Its type argument admits null, which NullAway does not look at yet.
    static final ReadyReply<@Nullable Object> NONE = new ReadyReply<>(null);

    @Override
    public T join() {
        return value;
    }

    @Override
    public CompletableFuture<T> toFuture(Executor executor) {
        return CompletableFuture.completedFuture(value);
    }

    @Override
    public Reply<T> within(long timeoutMillis) {
        return this;
    }

    @Override
    public boolean isReady() {
        return true;
    }
}
