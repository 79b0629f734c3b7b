package io.larder.jcache;

import io.larder.LarderException;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.Factory;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CompletionListener;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorResult;
import org.jspecify.annotations.Nullable;

/**
 * One cache of JCache. Thread-safe.
 *
 * <p>It opens the parts, refuses calls when it is closed, and turns Larder's failures into those of JCache; {@link Reads}, {@link Writes}
 * and {@link Processing} do the rest.
 */
final class JCache<K, V> implements Cache<K, V> {

    private final CacheGroup group;
    private final String name;
    private final MutableConfiguration<K, V> configuration;
    private final Opening<K> opening;
    private final Expiry expiry;
    private final @Nullable LoaderCalls<K, V> loader;
    private final Listeners<K, V> listeners;
    private final Parts<K, V> parts;
    private final Reads<K, V> reads;
    private final Writes<K, V> writes;
    private final Processing<K, V> processing;
    private final Management management;
    private final AtomicBoolean closed = new AtomicBoolean();

    JCache(CacheGroup group, String name, MutableConfiguration<K, V> configuration, Opening<K> opening) {
        this.group = group;
        this.name = name;
        this.configuration = configuration;
        this.opening = opening;
        this.expiry = new Expiry(configuration.getExpiryPolicyFactory().create());
        var loaderFactory = configuration.getCacheLoaderFactory();
        this.loader = loaderFactory == null ? null : new LoaderCalls<>(loaderFactory.create());
        this.listeners = new Listeners<>(this);
        configuration.getCacheEntryListenerConfigurations().forEach(listeners::add);
        this.parts = new Parts<>(
                new Entries<>(opening.cache(), opening.copies(), expiry, listeners),
                new KeyLocks(),
                new Statistics(this::evictions),
                configuration.isReadThrough() ? loader : null,
                writer(configuration));
        this.reads = new Reads<>(parts);
        this.writes = new Writes<>(parts);
        this.processing = new Processing<>(parts);
        this.management = new Management(group.getURI(), name);
    }

    private static <K, V> WriterCalls<K, V> writer(MutableConfiguration<K, V> configuration) {
        Factory<CacheWriter<? super K, ? super V>> factory = configuration.getCacheWriterFactory();
        return new WriterCalls<>(configuration.isWriteThrough() && factory != null ? factory.create() : null);
    }

    /** Shows the beans that the configuration asks for; apart from the constructor, since others may see them at once. */
    void start() {
        enableManagement(configuration.isManagementEnabled());
        enableStatistics(configuration.isStatisticsEnabled());
    }

    void enableManagement(boolean enabled) {
        configuration.setManagementEnabled(enabled);
        management.showConfiguration(enabled, new ConfigurationBean(configuration));
    }

    void enableStatistics(boolean enabled) {
        configuration.setStatisticsEnabled(enabled);
        parts.statistics().enable(enabled);
        management.showStatistics(enabled, parts.statistics());
    }

    private long evictions() {
        return opening.cache().stats().backend().evictions();
    }

    /** Makes a call on an open cache, and turns Larder's failures into JCache's. */
    private <T extends @Nullable Object> T call(Supplier<T> call) {
        checkOpen();
        try {
            return call.get();
        } catch (LarderException e) {
            throw new CacheException(e.getMessage(), e);
        }
    }

    private void run(Runnable call) {
        this.<@Nullable Void>call(() -> {
            call.run();
            return null;
        });
    }

    void checkOpen() {
        if (isClosed()) {
            throw new IllegalStateException("Cache '" + name + "' is closed. Ask its CacheManager for another");
        }
    }

    @Override
    public @Nullable V get(K key) {
        return call(() -> reads.get(key));
    }

    @Override
    public Map<K, V> getAll(Set<? extends K> keys) {
        return call(() -> reads.getAll(keys));
    }

    @Override
    public boolean containsKey(K key) {
        return call(() -> reads.contains(key));
    }

    @Override
    public void loadAll(Set<? extends K> keys, boolean replace, @Nullable CompletionListener listener) {
        run(() -> new BulkLoad<>(reads, loader, group.workers()).start(keys, replace, listener));
    }

    @Override
    public void put(K key, V value) {
        run(() -> writes.put(key, value));
    }

    @Override
    public @Nullable V getAndPut(K key, V value) {
        return call(() -> writes.getAndPut(key, value));
    }

    @Override
    public void putAll(Map<? extends K, ? extends V> values) {
        run(() -> writes.putAll(values));
    }

    @Override
    public boolean putIfAbsent(K key, V value) {
        return call(() -> writes.putIfAbsent(key, value));
    }

    @Override
    public boolean remove(K key) {
        return call(() -> writes.remove(key));
    }

    @Override
    public boolean remove(K key, V oldValue) {
        return call(() -> writes.remove(key, oldValue));
    }

    @Override
    public @Nullable V getAndRemove(K key) {
        return call(() -> writes.getAndRemove(key));
    }

    @Override
    public boolean replace(K key, V oldValue, V newValue) {
        return call(() -> writes.replace(key, oldValue, newValue));
    }

    @Override
    public boolean replace(K key, V value) {
        return call(() -> writes.replace(key, value));
    }

    @Override
    public @Nullable V getAndReplace(K key, V value) {
        return call(() -> writes.getAndReplace(key, value));
    }

    @Override
    public void removeAll(Set<? extends K> keys) {
        run(() -> writes.removeAll(keys));
    }

    @Override
    public void removeAll() {
        run(() -> writes.removeAll(parts.entries().keys()));
    }

    @Override
    public void clear() {
        run(parts.entries()::clear);
    }

    @Override
    public <T> @Nullable T invoke(K key, EntryProcessor<K, V, T> processor, Object... arguments) {
        return this.<@Nullable T>call(() -> processing.invoke(key, processor, arguments));
    }

    @Override
    public <T> Map<K, EntryProcessorResult<T>> invokeAll(
            Set<? extends K> keys, EntryProcessor<K, V, T> processor, Object... arguments) {
        return call(() -> processing.invokeAll(keys, processor, arguments));
    }

    @Override
    public Iterator<Cache.Entry<K, V>> iterator() {
        return call(() -> new Walk<>(parts, writes));
    }

    @Override
    public void registerCacheEntryListener(CacheEntryListenerConfiguration<K, V> given) {
        checkOpen();
        configuration.addCacheEntryListenerConfiguration(given);
        listeners.add(given);
    }

    @Override
    public void deregisterCacheEntryListener(CacheEntryListenerConfiguration<K, V> given) {
        checkOpen();
        Objects.requireNonNull(given, "cacheEntryListenerConfiguration");
        configuration.removeCacheEntryListenerConfiguration(given);
        listeners.remove(given);
    }

    @Override
    public <C extends Configuration<K, V>> C getConfiguration(Class<C> type) {
        return Unwrapped.as(type, configuration);
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public CacheManager getCacheManager() {
        return group;
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        return Unwrapped.as(type, this, opening.cache());
    }

    @Override
    public boolean isClosed() {
        return closed.get();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            group.forget(this);
            management.showStatistics(false, parts.statistics());
            management.showConfiguration(false, parts.statistics());
            listeners.close();
            Closing.close(expiry.policy());
            parts.writer().close();
            if (loader != null) {
                loader.close();
            }
            opening.larder().close();
        }
    }
}
