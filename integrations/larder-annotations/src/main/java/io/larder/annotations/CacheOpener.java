package io.larder.annotations;

import io.larder.Cache;
import io.larder.TypeRef;
import java.util.Collection;

/** Opens the caches that annotations name. Thread-safe. */
public interface CacheOpener {

    /**
     * Returns the cache for results of {@code type}.
     *
     * @param version 0 for the cache's own
     * @throws io.larder.ConfigException when it is open for another type
     */
    Cache<String, Object> open(String name, int version, TypeRef<?> type);

    /** Returns the caches of a name, all versions that are open, to remove something from; at least one. */
    Collection<Cache<String, Object>> named(String name);
}
