package io.larder.jcache;

import io.larder.LarderException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.spi.CachingProvider;
import org.jspecify.annotations.Nullable;

/** The caches of one URI and class loader. Thread-safe. */
final class CacheGroup implements CacheManager {

    private final LarderCachingProvider provider;
    private final URI uri;
    private final ClassLoader classes;
    private final Properties properties;
    private final ExecutorService workers = Workers.open();
    /** Guarded by itself. */
    private final Map<String, JCache<?, ?>> caches = new TreeMap<>();

    private volatile boolean closed;

    CacheGroup(LarderCachingProvider provider, URI uri, ClassLoader classes, Properties properties) {
        this.provider = provider;
        this.uri = uri;
        this.classes = classes;
        this.properties = properties;
    }

    ExecutorService workers() {
        return workers;
    }

    @Override
    public CachingProvider getCachingProvider() {
        return provider;
    }

    @Override
    public URI getURI() {
        return uri;
    }

    @Override
    public ClassLoader getClassLoader() {
        return classes;
    }

    @Override
    public Properties getProperties() {
        return properties;
    }

    @Override
    public <K, V, C extends Configuration<K, V>> Cache<K, V> createCache(String name, C configuration) {
        Objects.requireNonNull(name, "cacheName");
        Objects.requireNonNull(configuration, "configuration");
        synchronized (caches) {
            checkOpen();
            if (caches.containsKey(name)) {
                throw new CacheException(
                        "There is a cache '" + name + "' already. Use getCache, or destroyCache first");
            }
            JCache<K, V> cache = opened(name, configuration);
            caches.put(name, cache);
            try {
                cache.start();
            } catch (RuntimeException e) {
                cache.close();
                throw e;
            }
            return cache;
        }
    }

    private <K, V> JCache<K, V> opened(String name, Configuration<K, V> configuration) {
        CompleteConfiguration<K, V> given =
                configuration instanceof CompleteConfiguration<K, V> complete ? complete : completed(configuration);
        Opening<K> opening;
        try {
            opening = Opening.of(ManagerUrl.of(uri, properties), name, given, classes, workers);
        } catch (LarderException e) {
            throw new CacheException(e.getMessage(), e);
        }
        try {
            return new JCache<>(this, name, new MutableConfiguration<>(given), opening);
        } catch (RuntimeException e) {
            opening.larder().close();
            throw e;
        }
    }

    private static <K, V> CompleteConfiguration<K, V> completed(Configuration<K, V> configuration) {
        return new MutableConfiguration<K, V>()
                .setTypes(configuration.getKeyType(), configuration.getValueType())
                .setStoreByValue(configuration.isStoreByValue());
    }

    @Override
    public <K, V> @Nullable Cache<K, V> getCache(String name, Class<K> keyType, Class<V> valueType) {
        Objects.requireNonNull(keyType, "keyType");
        Objects.requireNonNull(valueType, "valueType");
        Cache<K, V> cache = getCache(name);
        if (cache != null) {
            Configuration<K, V> types = configuration(cache);
            checkType(name, "keys", keyType, types.getKeyType());
            checkType(name, "values", valueType, types.getValueType());
        }
        return cache;
    }

    @SuppressWarnings("unchecked") // That is how JCache asks for a type with arguments.
    private static <K, V> Configuration<K, V> configuration(Cache<K, V> cache) {
        return cache.getConfiguration(Configuration.class);
    }

    private static void checkType(String name, String what, Class<?> asked, Class<?> configured) {
        if (asked != configured) {
            throw new ClassCastException("The " + what + " of cache '" + name + "' are of type " + configured.getName()
                    + ", not " + asked.getName());
        }
    }

    @Override
    @SuppressWarnings("unchecked") // Nobody can check it: that is what the other getCache is for.
    public <K, V> @Nullable Cache<K, V> getCache(String name) {
        checkOpen();
        Objects.requireNonNull(name, "cacheName");
        synchronized (caches) {
            return (Cache<K, V>) caches.get(name);
        }
    }

    @Override
    public Iterable<String> getCacheNames() {
        checkOpen();
        synchronized (caches) {
            return List.copyOf(caches.keySet());
        }
    }

    @Override
    public void destroyCache(String name) {
        checkOpen();
        Objects.requireNonNull(name, "cacheName");
        JCache<?, ?> cache = cache(name);
        if (cache != null) {
            cache.clear();
            cache.close();
        }
    }

    private @Nullable JCache<?, ?> cache(String name) {
        synchronized (caches) {
            return caches.get(name);
        }
    }

    void forget(JCache<?, ?> cache) {
        synchronized (caches) {
            caches.remove(cache.getName(), cache);
        }
    }

    @Override
    public void enableManagement(String name, boolean enabled) {
        checkOpen();
        JCache<?, ?> cache = cache(Objects.requireNonNull(name, "cacheName"));
        if (cache != null) {
            cache.enableManagement(enabled);
        }
    }

    @Override
    public void enableStatistics(String name, boolean enabled) {
        checkOpen();
        JCache<?, ?> cache = cache(Objects.requireNonNull(name, "cacheName"));
        if (cache != null) {
            cache.enableStatistics(enabled);
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException(
                    "The CacheManager '" + uri + "' is closed. Ask its CachingProvider for another");
        }
    }

    @Override
    public void close() {
        List<JCache<?, ?>> open;
        synchronized (caches) {
            if (closed) {
                return;
            }
            closed = true;
            open = List.copyOf(caches.values());
        }
        provider.forget(this);
        for (JCache<?, ?> cache : open) {
            // One that cannot be closed keeps nobody else open.
            Closing.close(cache);
        }
        workers.shutdown();
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        return Unwrapped.as(type, this);
    }
}
