package io.larder;

import io.larder.load.BulkSource;
import io.larder.load.Source;
import io.larder.spi.Entry;
import io.larder.spi.Pages;
import io.larder.spi.PutMode;
import io.larder.spi.Reply;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The calls that do not wait: each one turns its reply into a future. Thread-safe. */
final class AsyncView<K, V> implements AsyncCache<K, V> {

    private final CacheVerbs<K, V> verbs;
    private final Executor executor;

    AsyncView(CacheVerbs<K, V> verbs, Executor executor) {
        this.verbs = verbs;
        this.executor = executor;
    }

    @Override
    public CompletableFuture<@Nullable V> get(K key) {
        return future(verbs.get(key)).thenApply(entry -> entry == null ? null : entry.value());
    }

    @Override
    public CompletableFuture<@Nullable V> get(K key, AsyncLoader<? super K, ? extends V> loader, EntryOptions options) {
        Entry<V> near = verbs.near(key);
        return near != null
                ? CompletableFuture.completedFuture(near.value())
                : future(verbs.get(key, Source.of(loader), options)).thenApply(Entry::value);
    }

    @Override
    public CompletableFuture<@Nullable V> get(K key, EntryOptions options, AsyncContextLoader<? super K, V> loader) {
        Entry<V> near = verbs.near(key);
        return near != null
                ? CompletableFuture.completedFuture(near.value())
                : future(verbs.get(
                                key,
                                options,
                                context -> Source.of((AsyncLoader<K, V>) wanted -> loader.load(wanted, context))))
                        .thenApply(Entry::value);
    }

    @Override
    public CompletableFuture<@Nullable CacheEntry<K, V>> find(K key) {
        return future(verbs.find(key));
    }

    @Override
    public CompletableFuture<Boolean> contains(K key) {
        return future(verbs.contains(key));
    }

    @Override
    public CompletableFuture<Map<K, @Nullable V>> getAll(Collection<? extends K> keys) {
        return future(verbs.getAll(keys));
    }

    @Override
    public CompletableFuture<Map<K, @Nullable V>> getAll(
            Collection<? extends K> keys, BulkLoader<K, ? extends V> loader, EntryOptions options) {
        return future(verbs.getAll(keys, BulkSource.of(loader), options));
    }

    @Override
    public CompletableFuture<@Nullable Void> put(K key, @Nullable V value, EntryOptions options) {
        return future(verbs.put(key, value, options, PutMode.ALWAYS)).thenAccept(stored -> {});
    }

    @Override
    public CompletableFuture<@Nullable Void> putAll(
            Map<? extends K, ? extends @Nullable V> values, EntryOptions options) {
        return future(verbs.putAll(values, options));
    }

    @Override
    public CompletableFuture<Boolean> putIfAbsent(K key, @Nullable V value, EntryOptions options) {
        return future(verbs.put(key, value, options, PutMode.IF_ABSENT));
    }

    @Override
    public CompletableFuture<Boolean> replace(K key, @Nullable V value, EntryOptions options) {
        return future(verbs.put(key, value, options, PutMode.IF_PRESENT));
    }

    @Override
    public CompletableFuture<Boolean> remove(K key) {
        return future(verbs.remove(key));
    }

    @Override
    public CompletableFuture<Long> removeAll(Collection<? extends K> keys) {
        return future(verbs.removeAll(keys));
    }

    @Override
    public CompletableFuture<Boolean> expire(K key, Duration ttl) {
        return future(verbs.expire(key, ttl));
    }

    @Override
    public CompletableFuture<Long> invalidateTag(String tag) {
        return future(verbs.invalidateTag(tag));
    }

    @Override
    public AsyncPages<CacheEntry<K, V>> entriesByTag(String tag) {
        return pages(verbs.entriesByTag(tag));
    }

    @Override
    public AsyncPages<K> keys(String glob) {
        return pages(verbs.keys(glob));
    }

    @Override
    public AsyncPages<CacheEntry<K, V>> entries(String glob) {
        return pages(verbs.entries(glob));
    }

    @Override
    public CompletableFuture<Long> removeMatching(String glob) {
        return future(verbs.removeMatching(glob));
    }

    @Override
    public CompletableFuture<@Nullable Void> clear() {
        return future(verbs.clear());
    }

    @Override
    public AsyncCounters<K> counters() {
        verbs.checkCounters();
        return (key, delta, initial, options) -> future(verbs.add(key, delta, initial, options));
    }

    @Override
    public CompletableFuture<@Nullable Void> ping() {
        return future(verbs.ping());
    }

    @Override
    public CompletableFuture<CacheStats> stats() {
        return future(verbs.stats());
    }

    private <T extends @Nullable Object> CompletableFuture<T> future(Reply<T> reply) {
        return reply.toFuture(executor);
    }

    private <T> AsyncPages<T> pages(Pages<T> pages) {
        return () -> future(pages.next());
    }
}
