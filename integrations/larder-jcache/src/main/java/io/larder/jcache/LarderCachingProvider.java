package io.larder.jcache;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import javax.cache.CacheManager;
import javax.cache.configuration.OptionalFeature;
import javax.cache.spi.CachingProvider;
import org.jspecify.annotations.Nullable;

/**
 * JCache on Larder: {@code Caching.getCachingProvider().getCacheManager(URI.create("redis://localhost"), null)}. Thread-safe.
 *
 * <p>The URI of a {@code CacheManager} is the URL of a backend; or a name such as {@code larder:orders}, and the URL is the property
 * {@code larder.url} of the manager or else of the JVM, or {@code memory:}. The default is {@code larder:default}. A URL with a password
 * belongs into the property, since JCache shows the URI.
 */
public final class LarderCachingProvider implements CachingProvider {

    private static final URI DEFAULT_URI = URI.create(ManagerUrl.NAME_SCHEME + ":default");

    /** Guarded by itself. */
    private final Map<ClassLoader, Map<URI, CacheGroup>> groups = new HashMap<>();

    /** Made by {@code javax.cache.Caching}. */
    public LarderCachingProvider() {}

    @Override
    public CacheManager getCacheManager() {
        return getCacheManager(null, null, null);
    }

    @Override
    public CacheManager getCacheManager(@Nullable URI uri, @Nullable ClassLoader classes) {
        return getCacheManager(uri, classes, null);
    }

    @Override
    public CacheManager getCacheManager(
            @Nullable URI uri, @Nullable ClassLoader classes, @Nullable Properties properties) {
        ClassLoader loader = classes == null ? getDefaultClassLoader() : classes;
        synchronized (groups) {
            return groups.computeIfAbsent(loader, none -> new HashMap<>())
                    .computeIfAbsent(
                            uri == null ? DEFAULT_URI : uri,
                            named -> new CacheGroup(
                                    this, named, loader, properties == null ? new Properties() : properties));
        }
    }

    @Override
    public ClassLoader getDefaultClassLoader() {
        return getClass().getClassLoader();
    }

    @Override
    public URI getDefaultURI() {
        return DEFAULT_URI;
    }

    @Override
    public Properties getDefaultProperties() {
        return new Properties();
    }

    @Override
    public boolean isSupported(OptionalFeature feature) {
        return feature == OptionalFeature.STORE_BY_REFERENCE;
    }

    @Override
    public void close() {
        List<CacheGroup> open = new ArrayList<>();
        synchronized (groups) {
            groups.values().forEach(byUri -> open.addAll(byUri.values()));
        }
        open.forEach(CacheGroup::close);
    }

    @Override
    public void close(@Nullable ClassLoader classes) {
        List<CacheGroup> open;
        synchronized (groups) {
            open = List.copyOf(groups.getOrDefault(classes == null ? getDefaultClassLoader() : classes, Map.of())
                    .values());
        }
        open.forEach(CacheGroup::close);
    }

    @Override
    public void close(@Nullable URI uri, @Nullable ClassLoader classes) {
        CacheGroup open;
        synchronized (groups) {
            open = groups.getOrDefault(classes == null ? getDefaultClassLoader() : classes, Map.of())
                    .get(uri == null ? DEFAULT_URI : uri);
        }
        if (open != null) {
            open.close();
        }
    }

    void forget(CacheGroup group) {
        synchronized (groups) {
            groups.computeIfPresent(group.getClassLoader(), (loader, byUri) -> {
                byUri.remove(group.getURI(), group);
                return byUri.isEmpty() ? null : byUri;
            });
        }
    }
}
