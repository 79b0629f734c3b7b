package io.larder;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Cache} whose calls do not wait. Thread-safe.
 *
 * <p>Each method does what its namesake does. A failure arrives through the future; arguments are checked at once. What is chained to
 * a future runs on the {@link Larder}'s executor or on the caller's thread, never on a client's I/O thread.
 */
public interface AsyncCache<K, V> {

    /** As {@link Cache#get(Object)}. */
    CompletableFuture<@Nullable V> get(K key);

    /** Returns the value, loading it on a miss with the cache's own settings. */
    default CompletableFuture<@Nullable V> get(K key, AsyncLoader<? super K, ? extends V> loader) {
        return get(key, loader, EntryOptions.DEFAULT);
    }

    /** As {@link Cache#get(Object, Loader, EntryOptions)}; {@code loader} is called on the executor. */
    CompletableFuture<@Nullable V> get(K key, AsyncLoader<? super K, ? extends V> loader, EntryOptions options);

    /** As {@link Cache#get(Object, EntryOptions, ContextLoader)}; {@code loader} is called on the executor. */
    CompletableFuture<@Nullable V> get(K key, EntryOptions options, AsyncContextLoader<? super K, V> loader);

    /** As {@link Cache#find}. */
    CompletableFuture<@Nullable CacheEntry<K, V>> find(K key);

    /** As {@link Cache#contains}. */
    CompletableFuture<Boolean> contains(K key);

    /** As {@link Cache#getAll(Collection)}. */
    CompletableFuture<Map<K, @Nullable V>> getAll(Collection<? extends K> keys);

    /** Returns the values, loading those that are missing with the cache's own settings. */
    default CompletableFuture<Map<K, @Nullable V>> getAll(
            Collection<? extends K> keys, BulkLoader<K, ? extends V> loader) {
        return getAll(keys, loader, EntryOptions.DEFAULT);
    }

    /** As {@link Cache#getAll(Collection, BulkLoader, EntryOptions)}; {@code loader} runs on the executor. */
    CompletableFuture<Map<K, @Nullable V>> getAll(
            Collection<? extends K> keys, BulkLoader<K, ? extends V> loader, EntryOptions options);

    /** Stores a value with the cache's own settings. */
    default CompletableFuture<@Nullable Void> put(K key, @Nullable V value) {
        return put(key, value, EntryOptions.DEFAULT);
    }

    /** As {@link Cache#put(Object, Object, EntryOptions)}. */
    CompletableFuture<@Nullable Void> put(K key, @Nullable V value, EntryOptions options);

    /** Stores all values with the cache's own settings. */
    default CompletableFuture<@Nullable Void> putAll(Map<? extends K, ? extends @Nullable V> values) {
        return putAll(values, EntryOptions.DEFAULT);
    }

    /** As {@link Cache#putAll(Map, EntryOptions)}. */
    CompletableFuture<@Nullable Void> putAll(Map<? extends K, ? extends @Nullable V> values, EntryOptions options);

    /** Stores a value if there is no entry, with the cache's own settings. */
    default CompletableFuture<Boolean> putIfAbsent(K key, @Nullable V value) {
        return putIfAbsent(key, value, EntryOptions.DEFAULT);
    }

    /** As {@link Cache#putIfAbsent(Object, Object, EntryOptions)}. */
    CompletableFuture<Boolean> putIfAbsent(K key, @Nullable V value, EntryOptions options);

    /** Stores a value if there is an entry, with the cache's own settings. */
    default CompletableFuture<Boolean> replace(K key, @Nullable V value) {
        return replace(key, value, EntryOptions.DEFAULT);
    }

    /** As {@link Cache#replace(Object, Object, EntryOptions)}. */
    CompletableFuture<Boolean> replace(K key, @Nullable V value, EntryOptions options);

    /** As {@link Cache#warm(Stream, WarmOptions)}; the stream is read on the executor, and cancelling the future ends it. */
    CompletableFuture<WarmReport> warm(Stream<? extends WarmEntry<K, V>> entries, WarmOptions options);

    /** As {@link Cache#warm(Stream, Loader, WarmOptions)}; the stream is read on the executor, and cancelling the future ends it. */
    CompletableFuture<WarmReport> warm(
            Stream<? extends K> keys, AsyncLoader<? super K, ? extends V> loader, WarmOptions options);

    /** Loads {@code keys} again in each period, with the cache's own settings. */
    default RefreshJob refreshEvery(
            Duration period, Supplier<? extends Stream<? extends K>> keys, AsyncLoader<? super K, ? extends V> loader) {
        return refreshEvery(period, keys, loader, WarmOptions.DEFAULT);
    }

    /** As {@link Cache#refreshEvery(Duration, Supplier, Loader, WarmOptions)}. */
    RefreshJob refreshEvery(
            Duration period,
            Supplier<? extends Stream<? extends K>> keys,
            AsyncLoader<? super K, ? extends V> loader,
            WarmOptions options);

    /** As {@link Cache#remove}. */
    CompletableFuture<Boolean> remove(K key);

    /** As {@link Cache#removeAll}. */
    CompletableFuture<Long> removeAll(Collection<? extends K> keys);

    /** As {@link Cache#expire}. */
    CompletableFuture<Boolean> expire(K key, Duration ttl);

    /** As {@link Cache#invalidateTag}. */
    CompletableFuture<Long> invalidateTag(String tag);

    /** As {@link Cache#entriesByTag}, a page at a time. */
    AsyncPages<CacheEntry<K, V>> entriesByTag(String tag);

    /** As {@link Cache#keys}, a page at a time. */
    AsyncPages<K> keys(String glob);

    /** As {@link Cache#entries}, a page at a time. */
    AsyncPages<CacheEntry<K, V>> entries(String glob);

    /** As {@link Cache#removeMatching}. */
    CompletableFuture<Long> removeMatching(String glob);

    /** As {@link Cache#clear}. */
    CompletableFuture<@Nullable Void> clear();

    /** As {@link Cache#counters}. */
    AsyncCounters<K> counters();

    /** As {@link Cache#ping}. */
    CompletableFuture<@Nullable Void> ping();

    /** As {@link Cache#stats}. */
    CompletableFuture<CacheStats> stats();
}
