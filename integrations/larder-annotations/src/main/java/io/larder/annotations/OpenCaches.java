package io.larder.annotations;

import io.larder.Cache;
import io.larder.CacheBuilder;
import io.larder.Larder;
import io.larder.TypeRef;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The caches that annotations name, by that name; several, where methods want several versions of one. Thread-safe. */
final class OpenCaches implements CacheOpener {

    private final Larder larder;
    private final Map<String, Set<Cache<String, Object>>> byName = new ConcurrentHashMap<>();

    OpenCaches(Larder larder) {
        this.larder = larder;
    }

    @Override
    @SuppressWarnings("unchecked") // Nobody puts anything else into a cache of this type.
    public Cache<String, Object> open(String name, int version, TypeRef<?> type) {
        CacheBuilder<String, Object> builder = larder.cache(name, String.class, (TypeRef<Object>) type);
        Cache<String, Object> cache = (version == 0 ? builder : builder.version(version)).build();
        byName.compute(name, (same, open) -> {
            Set<Cache<String, Object>> all = open == null ? new LinkedHashSet<>() : new LinkedHashSet<>(open);
            all.add(cache);
            return all;
        });
        return cache;
    }

    @Override
    public List<Cache<String, Object>> named(String name) {
        Set<Cache<String, Object>> open = byName.get(name);
        return open == null ? List.of(open(name, 0, TypeRef.of(Object.class))) : new ArrayList<>(open);
    }
}
