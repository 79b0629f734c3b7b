package io.larder.jcache;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import javax.cache.CacheException;
import javax.cache.integration.CompletionListener;
import org.jspecify.annotations.Nullable;

/**
 * {@code loadAll}: a load in the background.
 *
 * @param loader the configured one, whether reads use it or not; without one there is nothing to do
 */
record BulkLoad<K, V>(Reads<K, V> reads, @Nullable LoaderCalls<K, V> loader, Executor workers) {

    void start(Set<? extends K> keys, boolean replace, @Nullable CompletionListener listener) {
        keys.forEach(key -> Objects.requireNonNull(key, "key"));
        if (loader == null) {
            if (listener != null) {
                listener.onCompletion();
            }
            return;
        }
        List<K> wanted = List.copyOf(keys);
        workers.execute(() -> {
            try {
                if (replace) {
                    reads.reload(wanted, loader);
                } else {
                    reads.loadMissing(wanted, loader);
                }
            } catch (RuntimeException e) {
                if (listener != null) {
                    listener.onException(e instanceof CacheException ? e : new CacheException(e.getMessage(), e));
                }
                return;
            }
            if (listener != null) {
                listener.onCompletion();
            }
        });
    }
}
