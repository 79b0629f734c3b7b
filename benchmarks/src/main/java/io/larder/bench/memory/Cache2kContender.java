package io.larder.bench.memory;

import java.time.Duration;
import org.cache2k.Cache;
import org.cache2k.Cache2kBuilder;
import org.jspecify.annotations.Nullable;

/** cache2k. */
final class Cache2kContender implements Contender {

    private final Cache<String, String> cache;

    Cache2kContender(int capacity, Duration ttl) {
        long ttlMillis = ttl.toMillis();
        cache = Cache2kBuilder.of(String.class, String.class)
                .entryCapacity(capacity)
                .expiryPolicy((key, value, startMillis, current) -> startMillis + ttlMillis)
                .build();
    }

    @Override
    public @Nullable String get(String key) {
        return cache.peek(key);
    }

    @Override
    public void put(String key, String value) {
        cache.put(key, value);
    }

    @Override
    public void close() {
        cache.close();
    }
}
