package io.larder.jcache;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;
import org.jspecify.annotations.Nullable;

/** Calls a {@link CacheLoader}; whatever it throws arrives as a {@link CacheLoaderException}. Thread-safe as the loader is. */
final class LoaderCalls<K, V> {

    private final CacheLoader<K, V> loader;

    LoaderCalls(CacheLoader<K, V> loader) {
        this.loader = loader;
    }

    @Nullable
    V load(K key) {
        return called(() -> loader.load(key));
    }

    /** Returns the values there are; a loader may map a key to null, or leave it out. */
    Map<K, V> loadAll(Collection<? extends K> keys) {
        Map<K, V> loaded = called(() -> loader.loadAll(keys));
        Map<K, V> values = new LinkedHashMap<>();
        for (K key : keys) {
            V value = loaded == null ? null : loaded.get(key);
            if (value != null) {
                values.put(key, value);
            }
        }
        return values;
    }

    private static <T extends @Nullable Object> T called(Supplier<T> call) {
        try {
            return call.get();
        } catch (CacheLoaderException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new CacheLoaderException("The CacheLoader failed: " + e, e);
        }
    }

    void close() {
        Closing.close(loader);
    }
}
