package io.larder.bench.redis;

import io.larder.bench.load.RemoteCache;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.redisson.Redisson;
import org.redisson.api.RMapCache;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.ByteArrayCodec;
import org.redisson.client.codec.StringCodec;
import org.redisson.codec.CompositeCodec;
import org.redisson.config.Config;

/** Redisson's map with a ttl per entry, on Redis before 7.4; its native sister needs a newer server. */
final class RedissonRemote implements RemoteCache {

    private final RedissonClient client;
    private final RMapCache<String, byte[]> map;
    private final long ttlMillis;

    RedissonRemote(int port, int database, Duration ttl) {
        Config config = new Config();
        config.useSingleServer()
                .setAddress("redis://127.0.0.1:" + port)
                .setDatabase(database)
                .setTimeout((int) TIMEOUT.toMillis());
        client = Redisson.create(config);
        map = client.getMapCache("bench", new CompositeCodec(StringCodec.INSTANCE, ByteArrayCodec.INSTANCE));
        ttlMillis = ttl.toMillis();
    }

    @Override
    public byte @Nullable [] get(String key) {
        return map.get(key);
    }

    @Override
    public void put(String key, byte[] value) {
        map.fastPut(key, value, ttlMillis, TimeUnit.MILLISECONDS);
    }

    @Override
    public int getAll(List<String> keys) {
        return map.getAll(Set.copyOf(keys)).size();
    }

    @Override
    public void close() {
        client.shutdown();
    }
}
