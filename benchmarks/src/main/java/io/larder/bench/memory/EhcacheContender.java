package io.larder.bench.memory;

import java.time.Duration;
import org.ehcache.Cache;
import org.ehcache.CacheManager;
import org.ehcache.config.builders.CacheConfigurationBuilder;
import org.ehcache.config.builders.CacheManagerBuilder;
import org.ehcache.config.builders.ExpiryPolicyBuilder;
import org.ehcache.config.builders.ResourcePoolsBuilder;
import org.jspecify.annotations.Nullable;

/** Ehcache on the heap, by reference. */
final class EhcacheContender implements Contender {

    private final CacheManager manager;
    private final Cache<String, String> cache;

    EhcacheContender(int capacity, Duration ttl) {
        manager = CacheManagerBuilder.newCacheManagerBuilder().build(true);
        cache = manager.createCache(
                "bench",
                CacheConfigurationBuilder.newCacheConfigurationBuilder(
                                String.class, String.class, ResourcePoolsBuilder.heap(capacity))
                        .withExpiry(ExpiryPolicyBuilder.expiry()
                                .create((key, value) -> ttl)
                                .update((key, old, value) -> ttl)
                                .build()));
    }

    @Override
    public @Nullable String get(String key) {
        return cache.get(key);
    }

    @Override
    public void put(String key, String value) {
        cache.put(key, value);
    }

    @Override
    public void close() {
        manager.close();
    }
}
