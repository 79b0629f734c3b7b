package io.larder.bench.memory;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.Cache;
import org.springframework.cache.caffeine.CaffeineCache;

/** Spring's cache over Caffeine, by the calls that its annotations make. */
final class SpringContender implements Contender {

    private final Cache cache;

    SpringContender(int capacity, Duration ttl) {
        cache = new CaffeineCache(
                "bench",
                Caffeine.newBuilder()
                        .maximumSize(capacity)
                        .expireAfter(Expiry.writing((key, value) -> ttl))
                        .build());
    }

    @Override
    public @Nullable String get(String key) {
        Cache.ValueWrapper found = cache.get(key);
        return found == null ? null : (String) found.get();
    }

    @Override
    public void put(String key, String value) {
        cache.put(key, value);
    }

    @Override
    public void close() {
        cache.invalidate();
    }
}
