package io.larder.testkit;

import io.larder.AsyncCache;
import io.larder.AsyncLoader;
import io.larder.AsyncPages;
import io.larder.BulkLoader;
import io.larder.Cache;
import io.larder.CacheEntry;
import io.larder.CacheStats;
import io.larder.ContextLoader;
import io.larder.Counters;
import io.larder.EntryOptions;
import io.larder.Loader;
import io.larder.RefreshJob;
import io.larder.WarmEntry;
import io.larder.WarmOptions;
import io.larder.WarmReport;
import io.larder.spi.CacheScope;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The async view of a cache, with each future waited for, so that a test of {@link Cache} tests it too. Thread-safe. */
final class JoinedCache<K, V> implements Cache<K, V> {

    private final Cache<K, V> waiting;
    private final AsyncCache<K, V> cache;

    JoinedCache(Cache<K, V> cache) {
        this.waiting = cache;
        this.cache = cache.async();
    }

    @Override
    public String name() {
        return waiting.name();
    }

    @Override
    public CacheScope scope() {
        return waiting.scope();
    }

    @Override
    public @Nullable V get(K key) {
        return View.join(cache.get(key));
    }

    @Override
    public @Nullable V get(K key, Loader<? super K, ? extends V> loader, EntryOptions options) {
        return View.join(cache.get(key, async(loader), options));
    }

    /** A blocking loader may serve as one that does not block, because it is called on the executor. */
    private static <K, V> AsyncLoader<K, V> async(Loader<? super K, ? extends V> loader) {
        return key -> {
            try {
                return CompletableFuture.<@Nullable V>completedFuture(loader.load(key));
            } catch (Exception e) {
                return CompletableFuture.failedFuture(e);
            }
        };
    }

    @Override
    public @Nullable V get(K key, EntryOptions options, ContextLoader<? super K, V> loader) {
        return View.join(cache.get(
                key,
                options,
                (wanted, context) -> JoinedCache.<K, V>async(same -> loader.load(same, context))
                        .load(wanted)));
    }

    @Override
    public @Nullable CacheEntry<K, V> find(K key) {
        return View.join(cache.find(key));
    }

    @Override
    public boolean contains(K key) {
        return View.join(cache.contains(key));
    }

    @Override
    public Map<K, @Nullable V> getAll(Collection<? extends K> keys) {
        return View.join(cache.getAll(keys));
    }

    @Override
    public Map<K, @Nullable V> getAll(
            Collection<? extends K> keys, BulkLoader<K, ? extends V> loader, EntryOptions options) {
        return View.join(cache.getAll(keys, loader, options));
    }

    @Override
    public void put(K key, @Nullable V value, EntryOptions options) {
        View.join(cache.put(key, value, options));
    }

    @Override
    public void putAll(Map<? extends K, ? extends @Nullable V> values, EntryOptions options) {
        View.join(cache.putAll(values, options));
    }

    @Override
    public boolean putIfAbsent(K key, @Nullable V value, EntryOptions options) {
        return View.join(cache.putIfAbsent(key, value, options));
    }

    @Override
    public boolean replace(K key, @Nullable V value, EntryOptions options) {
        return View.join(cache.replace(key, value, options));
    }

    @Override
    public WarmReport warm(Stream<? extends WarmEntry<K, V>> entries, WarmOptions options) {
        return View.join(cache.warm(entries, options));
    }

    @Override
    public WarmReport warm(Stream<? extends K> keys, Loader<? super K, ? extends V> loader, WarmOptions options) {
        return View.join(cache.warm(keys, async(loader), options));
    }

    @Override
    public RefreshJob refreshEvery(
            Duration period,
            Supplier<? extends Stream<? extends K>> keys,
            Loader<? super K, ? extends V> loader,
            WarmOptions options) {
        return cache.refreshEvery(period, keys, async(loader), options);
    }

    @Override
    public boolean remove(K key) {
        return View.join(cache.remove(key));
    }

    @Override
    public long removeAll(Collection<? extends K> keys) {
        return View.join(cache.removeAll(keys));
    }

    @Override
    public boolean expire(K key, Duration ttl) {
        return View.join(cache.expire(key, ttl));
    }

    @Override
    public long invalidateTag(String tag) {
        return View.join(cache.invalidateTag(tag));
    }

    @Override
    public Stream<CacheEntry<K, V>> entriesByTag(String tag) {
        return stream(cache.entriesByTag(tag));
    }

    @Override
    public Stream<K> keys(String glob) {
        return stream(cache.keys(glob));
    }

    @Override
    public Stream<CacheEntry<K, V>> entries(String glob) {
        return stream(cache.entries(glob));
    }

    @Override
    public long removeMatching(String glob) {
        return View.join(cache.removeMatching(glob));
    }

    @Override
    public void clear() {
        View.join(cache.clear());
    }

    @Override
    public Counters<K> counters() {
        var counters = cache.counters();
        return (key, delta, initial, options) -> View.join(counters.add(key, delta, initial, options));
    }

    @Override
    public void ping() {
        View.join(cache.ping());
    }

    @Override
    public void disable() {
        waiting.disable();
    }

    @Override
    public void enable() {
        waiting.enable();
    }

    @Override
    public boolean isEnabled() {
        return waiting.isEnabled();
    }

    @Override
    public CacheStats stats() {
        return View.join(cache.stats());
    }

    @Override
    public CacheStats counts() {
        return waiting.counts();
    }

    @Override
    public AsyncCache<K, V> async() {
        return cache;
    }

    private static <T> Stream<T> stream(AsyncPages<T> pages) {
        return Stream.generate(() -> View.join(pages.next()))
                .takeWhile(page -> !page.isEmpty())
                .flatMap(List::stream);
    }
}
