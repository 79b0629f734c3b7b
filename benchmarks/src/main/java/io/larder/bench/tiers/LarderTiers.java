package io.larder.bench.tiers;

import io.larder.Cache;
import io.larder.Larder;
import org.jspecify.annotations.Nullable;

/** Larder on one tier or several; it always counts. */
final class LarderTiers implements TieredCache {

    private final Larder larder;
    private final Cache<String, byte[]> cache;

    LarderTiers(String url, String name) {
        larder = Larder.open(url);
        cache = larder.cache(name, String.class, byte[].class).ttl(TTL).build();
    }

    @Override
    public byte @Nullable [] get(String key) {
        return cache.get(key);
    }

    @Override
    public void put(String key, byte[] value) {
        cache.put(key, value);
    }

    @Override
    public void close() {
        larder.close();
    }
}
