package io.larder.bench.memory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Caffeine with nothing around it. */
final class CaffeineContender implements Contender {

    private final Cache<String, String> cache;

    private CaffeineContender(Cache<String, String> cache) {
        this.cache = cache;
    }

    static CaffeineContender boundOnly(int capacity) {
        return new CaffeineContender(Caffeine.newBuilder().maximumSize(capacity).build());
    }

    static CaffeineContender variableExpiry(int capacity, Duration ttl) {
        return new CaffeineContender(Caffeine.newBuilder()
                .maximumSize(capacity)
                .expireAfter(Expiry.<String, String>writing((key, value) -> ttl))
                .build());
    }

    @Override
    public @Nullable String get(String key) {
        return cache.getIfPresent(key);
    }

    @Override
    public void put(String key, String value) {
        cache.put(key, value);
    }

    @Override
    public void close() {
        cache.invalidateAll();
    }
}
