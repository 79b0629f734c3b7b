package io.larder.annotations;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What {@link CachePut} does. Immutable. */
record CacheWrite(CacheTarget target, CallTiming timing) {

    void make(@Nullable Object[] arguments, @Nullable Object result) throws Exception {
        Object value = target.value(result);
        if (!applies(arguments, value)) {
            return;
        }
        String key = target.key().of(arguments, value);
        if (!defers(key)) {
            target.cache().put(key, value, target.options(arguments, value));
        }
    }

    CompletableFuture<?> start(@Nullable Object[] arguments, @Nullable Object result) throws Exception {
        Object value = target.value(result);
        if (!applies(arguments, value)) {
            return CompletableFuture.completedFuture(null);
        }
        String key = target.key().of(arguments, value);
        return defers(key)
                ? CompletableFuture.completedFuture(null)
                : target.cache().async().put(key, value, target.options(arguments, value));
    }

    private boolean applies(@Nullable Object[] arguments, @Nullable Object value) {
        return target.applies(arguments) && target.keeps(arguments, value);
    }

    /** Of two transactions the first to commit may be the last to put; so within one the entry is only removed. */
    private boolean defers(String key) {
        return timing.defer(new Change(target.cache(), Change.Kind.KEY, key));
    }
}
