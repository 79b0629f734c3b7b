package io.larder.spring;

import io.larder.CacheBuilder;
import io.larder.ConfigException;
import io.larder.Larder;
import io.larder.TypeRef;
import io.larder.annotations.CacheOpener;
import io.larder.annotations.CallTiming;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;

/**
 * A {@link CacheManager} whose caches are a Larder's, and the caches of Larder's own annotations. Thread-safe.
 *
 * <p>A cache is opened when it is asked for first. Where values are kept as bytes, it has to know their type: what JSON says about any comes
 * back as maps.
 */
public final class LarderCaches implements CacheManager, CacheOpener {

    private final Larder larder;
    private final CallTiming timing;
    private final Map<String, TypeRef<?>> typeByCache;
    private final Map<String, TypeRef<?>> seenByCache = new ConcurrentHashMap<>();
    private final Map<String, Set<io.larder.Cache<String, Object>>> openByName = new ConcurrentSkipListMap<>();
    private final Map<String, Cache> springByName = new ConcurrentHashMap<>();

    /**
     * Makes one on {@code larder}, which stays the caller's to close.
     *
     * @param typeByCache types of values; for caches that are not named it is what the methods that are annotated with them return, if they
     *     agree, else {@code Object}
     */
    public LarderCaches(Larder larder, CallTiming timing, Map<String, TypeRef<?>> typeByCache) {
        this.larder = larder;
        this.timing = timing;
        this.typeByCache = Map.copyOf(typeByCache);
    }

    /** Returns Spring's view of a cache. */
    @Override
    public Cache getCache(String name) {
        return springByName.computeIfAbsent(name, absent -> new SpringCache(open(name, 0, type(name)), timing));
    }

    /** Returns the names of the caches that have a type here or were asked for. */
    @Override
    public Collection<String> getCacheNames() {
        Set<String> names = new TreeSet<>(typeByCache.keySet());
        names.addAll(openByName.keySet());
        return names;
    }

    @Override
    public void resetCaches() {
        openByName.values().forEach(all -> all.forEach(io.larder.Cache::clear));
    }

    @Override
    @SuppressWarnings("unchecked") // Nobody puts anything else into a cache of this type.
    public io.larder.Cache<String, Object> open(String name, int version, TypeRef<?> type) {
        TypeRef<?> declared = typeByCache.getOrDefault(name, type);
        if (!declared.equals(type)) {
            throw new ConfigException("Cache '" + name + "' is declared for values of " + declared
                    + ", and asked for those of " + type + ". Give one of them another name");
        }
        CacheBuilder<String, Object> builder = larder.cache(name, String.class, (TypeRef<Object>) type);
        io.larder.Cache<String, Object> cache = (version == 0 ? builder : builder.version(version)).build();
        add(cache);
        return cache;
    }

    /** Counts a cache that was built elsewhere among these, so that {@code @Invalidate}, written tables and the endpoint reach it. */
    @SuppressWarnings("unchecked") // From here on it is only removed from.
    public void add(io.larder.Cache<String, ?> cache) {
        openByName.compute(cache.name(), (same, open) -> {
            Set<io.larder.Cache<String, Object>> all = open == null ? new LinkedHashSet<>() : new LinkedHashSet<>(open);
            all.add((io.larder.Cache<String, Object>) cache);
            return all;
        });
    }

    /** Notes that a method keeps results of {@code type} in a cache, which is one for them then, unless others keep something else there. */
    void seen(String name, TypeRef<?> type) {
        seenByCache.merge(name, type, (some, other) -> some.equals(other) ? some : TypeRef.of(Object.class));
    }

    private TypeRef<?> type(String name) {
        TypeRef<?> seen = seenByCache.getOrDefault(name, TypeRef.of(Object.class));
        return typeByCache.getOrDefault(name, seen);
    }

    @Override
    public Collection<io.larder.Cache<String, Object>> named(String name) {
        Set<io.larder.Cache<String, Object>> open = openByName.get(name);
        return open == null ? List.of(open(name, 0, type(name))) : open;
    }

    /** Returns the caches that are open, by name. */
    public Map<String, Collection<io.larder.Cache<String, Object>>> open() {
        return new TreeMap<>(openByName);
    }
}
