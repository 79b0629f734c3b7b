package io.larder;

import io.larder.load.BulkSource;
import io.larder.load.Source;
import io.larder.spi.CacheScope;
import io.larder.spi.Entry;
import io.larder.spi.PutMode;
import io.larder.spi.Reply;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The calls that wait: each one joins its reply. Thread-safe. */
final class SyncView<K, V> implements Cache<K, V> {

    private final CacheVerbs<K, V> verbs;
    private final AsyncView<K, V> async;

    SyncView(CacheVerbs<K, V> verbs, AsyncView<K, V> async) {
        this.verbs = verbs;
        this.async = async;
    }

    @Override
    public String name() {
        return verbs.scope().cache();
    }

    @Override
    public CacheScope scope() {
        return verbs.scope();
    }

    @Override
    public @Nullable V get(K key) {
        Entry<V> atHand = verbs.atHand(key);
        Entry<V> entry = atHand == null ? verbs.ask(key).join() : atHand;
        return entry == null ? null : entry.value();
    }

    @Override
    public @Nullable V get(K key, Loader<? super K, ? extends V> loader, EntryOptions options) {
        Entry<V> near = verbs.near(key);
        return near != null
                ? near.value()
                : verbs.get(key, Source.of(loader), options).join().value();
    }

    @Override
    public @Nullable V get(K key, EntryOptions options, ContextLoader<? super K, V> loader) {
        Entry<V> near = verbs.near(key);
        return near != null
                ? near.value()
                : verbs.get(key, options, context -> Source.of((Loader<K, V>) wanted -> loader.load(wanted, context)))
                        .join()
                        .value();
    }

    @Override
    public @Nullable CacheEntry<K, V> find(K key) {
        return verbs.find(key).join();
    }

    @Override
    public boolean contains(K key) {
        return verbs.contains(key).join();
    }

    @Override
    public Map<K, @Nullable V> getAll(Collection<? extends K> keys) {
        return verbs.getAll(keys).join();
    }

    @Override
    public Map<K, @Nullable V> getAll(
            Collection<? extends K> keys, BulkLoader<K, ? extends V> loader, EntryOptions options) {
        return verbs.getAll(keys, BulkSource.of(loader), options).join();
    }

    @Override
    public void put(K key, @Nullable V value, EntryOptions options) {
        verbs.put(key, value, options, PutMode.ALWAYS).join();
    }

    @Override
    public void putAll(Map<? extends K, ? extends @Nullable V> values, EntryOptions options) {
        verbs.putAll(values, options).join();
    }

    @Override
    public boolean putIfAbsent(K key, @Nullable V value, EntryOptions options) {
        return verbs.put(key, value, options, PutMode.IF_ABSENT).join();
    }

    @Override
    public boolean replace(K key, @Nullable V value, EntryOptions options) {
        return verbs.put(key, value, options, PutMode.IF_PRESENT).join();
    }

    @Override
    public WarmReport warm(Stream<? extends WarmEntry<K, V>> entries, WarmOptions options) {
        return joined(async.warm(entries, options));
    }

    @Override
    public WarmReport warm(Stream<? extends K> keys, Loader<? super K, ? extends V> loader, WarmOptions options) {
        return joined(async.warm(keys, Source.of(loader), options));
    }

    private static WarmReport joined(CompletableFuture<WarmReport> warming) {
        try {
            return Reply.pending(warming).join();
        } finally {
            warming.cancel(false);
        }
    }

    @Override
    public RefreshJob refreshEvery(
            Duration period,
            Supplier<? extends Stream<? extends K>> keys,
            Loader<? super K, ? extends V> loader,
            WarmOptions options) {
        return async.refreshEvery(period, keys, Source.of(loader), options);
    }

    @Override
    public boolean remove(K key) {
        return verbs.remove(key).join();
    }

    @Override
    public long removeAll(Collection<? extends K> keys) {
        return verbs.removeAll(keys).join();
    }

    @Override
    public boolean expire(K key, Duration ttl) {
        return verbs.expire(key, ttl).join();
    }

    @Override
    public long invalidateTag(String tag) {
        return verbs.invalidateTag(tag).join();
    }

    @Override
    public Stream<CacheEntry<K, V>> entriesByTag(String tag) {
        return PageIterator.stream(verbs.entriesByTag(tag));
    }

    @Override
    public Stream<K> keys(String glob) {
        return PageIterator.stream(verbs.keys(glob));
    }

    @Override
    public Stream<CacheEntry<K, V>> entries(String glob) {
        return PageIterator.stream(verbs.entries(glob));
    }

    @Override
    public long removeMatching(String glob) {
        return verbs.removeMatching(glob).join();
    }

    @Override
    public void clear() {
        verbs.clear().join();
    }

    @Override
    public Counters<K> counters() {
        verbs.checkCounters();
        return (key, delta, initial, options) ->
                verbs.add(key, delta, initial, options).join();
    }

    @Override
    public void ping() {
        verbs.ping().join();
    }

    @Override
    public void disable() {
        verbs.disable();
    }

    @Override
    public void enable() {
        verbs.enable();
    }

    @Override
    public boolean isEnabled() {
        return verbs.isEnabled();
    }

    @Override
    public CacheStats stats() {
        return verbs.stats().join();
    }

    @Override
    public CacheStats counts() {
        return verbs.counts();
    }

    @Override
    public AsyncCache<K, V> async() {
        return async;
    }
}
