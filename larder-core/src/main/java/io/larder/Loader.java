package io.larder;

import org.jspecify.annotations.Nullable;

/**
 * Fetches the value of one key from where it really lives.
 *
 * <p>Runs on the thread of the caller that asked first; on the executor for an {@link AsyncCache}, for a stale value, and with a {@link
 * CacheBuilder#loadTimeout}. All who ask for the same key meanwhile wait for this one call. It must not ask the cache for its own key.
 */
@FunctionalInterface
public interface Loader<K, V> {

    /** Returns the value of {@code key}, or null when there is none; what it throws reaches every waiter in a {@link LoadException}. */
    @Nullable
    V load(K key) throws Exception;
}
