package io.larder;

import io.larder.load.BulkSource;
import io.larder.load.Source;
import io.larder.spi.BackendContext;
import io.larder.spi.Entry;
import io.larder.spi.Pages;
import io.larder.spi.PutMode;
import io.larder.spi.Reply;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The calls that do not wait: each one turns its reply into a future. Thread-safe. */
final class AsyncView<K, V> implements AsyncCache<K, V> {

    private final CacheVerbs<K, V> verbs;
    private final BackendContext context;
    private final Executor executor;

    AsyncView(CacheVerbs<K, V> verbs, BackendContext context) {
        this.verbs = verbs;
        this.context = context;
        this.executor = context.executor();
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
    public CompletableFuture<WarmReport> warm(Stream<? extends WarmEntry<K, V>> entries, WarmOptions options) {
        verbs.checkOpen();
        long until = replacedUntilMillis(options);
        return new Warming<WarmEntry<K, V>>(
                        entries,
                        WarmEntry::key,
                        entry -> verbs.fill(
                                entry.key(), entry.value(), entry.options().over(options.entries()), until),
                        options,
                        executor)
                .start();
    }

    @Override
    public CompletableFuture<WarmReport> warm(
            Stream<? extends K> keys, AsyncLoader<? super K, ? extends V> loader, WarmOptions options) {
        return warm(keys, Source.of(loader), options);
    }

    CompletableFuture<WarmReport> warm(Stream<? extends K> keys, Source<K, V> source, WarmOptions options) {
        return warm(keys, source, options, replacedUntilMillis(options));
    }

    private CompletableFuture<WarmReport> warm(
            Stream<? extends K> keys, Source<K, V> source, WarmOptions options, long replacedUntilMillis) {
        verbs.checkOpen();
        return new Warming<K>(
                        keys,
                        key -> key,
                        key -> verbs.fill(key, source, options.entries(), replacedUntilMillis),
                        options,
                        executor)
                .start();
    }

    private long replacedUntilMillis(WarmOptions options) {
        return options.overwrites() ? context.clock().millis() : Long.MIN_VALUE;
    }

    @Override
    public RefreshJob refreshEvery(
            Duration period,
            Supplier<? extends Stream<? extends K>> keys,
            AsyncLoader<? super K, ? extends V> loader,
            WarmOptions options) {
        return refreshEvery(period, keys, Source.of(loader), options);
    }

    RefreshJob refreshEvery(
            Duration period, Supplier<? extends Stream<? extends K>> keys, Source<K, V> source, WarmOptions options) {
        verbs.checkOpen();
        return new Refreshing(
                verbs.scope().toString(),
                period,
                startMillis -> {
                    Stream<? extends K> due = verbs.isEnabled() ? keys.get() : Stream.empty();
                    return warm(due, source, options, startMillis - 1);
                },
                context);
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
