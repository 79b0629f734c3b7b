package io.larder.bench.growth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.larder.bench.mix.Engine;
import org.jspecify.annotations.Nullable;

/** Caffeine with nothing around it but what a ttl per entry takes. */
final class CaffeineEngine implements Engine {

    private final Cache<String, byte[]> cache;

    CaffeineEngine(long max) {
        cache = Caffeine.newBuilder()
                .maximumSize(max)
                .expireAfter(Expiry.<String, byte[]>writing((key, value) -> LarderEngine.TTL))
                .build();
    }

    @Override
    public byte @Nullable [] get(String key) {
        return cache.getIfPresent(key);
    }

    @Override
    public void put(String key, byte[] value) {
        cache.put(key, value);
    }

    @Override
    public void remove(String key) {
        cache.invalidate(key);
    }

    @Override
    public void close() {
        cache.invalidateAll();
    }
}
