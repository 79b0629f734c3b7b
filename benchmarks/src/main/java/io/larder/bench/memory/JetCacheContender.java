package io.larder.bench.memory;

import com.alicp.jetcache.Cache;
import com.alicp.jetcache.embedded.CaffeineCacheBuilder;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** JetCache over Caffeine. */
final class JetCacheContender implements Contender {

    private final Cache<String, String> cache;
    private final long ttlMillis;

    JetCacheContender(int capacity, Duration ttl) {
        ttlMillis = ttl.toMillis();
        cache = CaffeineCacheBuilder.createCaffeineCacheBuilder()
                .limit(capacity)
                .expireAfterWrite(ttlMillis, TimeUnit.MILLISECONDS)
                .buildCache();
    }

    @Override
    public @Nullable String get(String key) {
        return cache.get(key);
    }

    @Override
    public void put(String key, String value) {
        cache.put(key, value, ttlMillis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        cache.close();
    }
}
