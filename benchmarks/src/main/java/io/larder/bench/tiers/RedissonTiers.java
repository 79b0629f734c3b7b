package io.larder.bench.tiers;

import org.jspecify.annotations.Nullable;
import org.redisson.Redisson;
import org.redisson.api.RLocalCachedMap;
import org.redisson.api.RedissonClient;
import org.redisson.api.options.LocalCachedMapOptions;
import org.redisson.api.options.LocalCachedMapOptions.EvictionPolicy;
import org.redisson.api.options.LocalCachedMapOptions.ExpirationEventPolicy;
import org.redisson.api.options.LocalCachedMapOptions.ReconnectionStrategy;
import org.redisson.api.options.LocalCachedMapOptions.SyncStrategy;
import org.redisson.client.codec.ByteArrayCodec;
import org.redisson.client.codec.StringCodec;
import org.redisson.codec.CompositeCodec;
import org.redisson.config.Config;

/** Redisson's map with a part of it in memory; only its paid edition lets entries of such a map expire on Redis. */
final class RedissonTiers implements TieredCache {

    private final RedissonClient client;
    private final RLocalCachedMap<String, byte[]> map;

    RedissonTiers(int port, int database, String name) {
        Config config = new Config();
        config.useSingleServer()
                .setAddress("redis://127.0.0.1:" + port)
                .setDatabase(database)
                .setTimeout((int) TIMEOUT.toMillis());
        client = Redisson.create(config);
        map = client.getLocalCachedMap(LocalCachedMapOptions.<String, byte[]>name(name)
                .codec(new CompositeCodec(StringCodec.INSTANCE, ByteArrayCodec.INSTANCE))
                .cacheSize(TierPeer.CAPACITY)
                .evictionPolicy(EvictionPolicy.LRU)
                // Keys as they are, or each hit would encode and hash one.
                .useObjectAsCacheKey(true)
                .timeToLive(TTL)
                .expirationEventPolicy(ExpirationEventPolicy.DONT_SUBSCRIBE)
                .syncStrategy(SyncStrategy.INVALIDATE)
                .reconnectionStrategy(ReconnectionStrategy.CLEAR));
    }

    @Override
    public byte @Nullable [] get(String key) {
        return map.get(key);
    }

    @Override
    public void put(String key, byte[] value) {
        map.fastPut(key, value);
    }

    @Override
    public void close() {
        client.shutdown();
    }
}
