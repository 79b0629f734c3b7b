package io.larder.bench.redis;

import com.alicp.jetcache.Cache;
import com.alicp.jetcache.CacheResult;
import com.alicp.jetcache.redis.lettuce.RedisLettuceCacheBuilder;
import io.larder.bench.load.RemoteCache;
import io.lettuce.core.RedisClient;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** JetCache over Lettuce. Its {@code put} does not wait, so {@code PUT} is called and waited for. */
final class JetCacheRemote implements RemoteCache {

    private final RedisClient client;
    private final Cache<String, byte[]> cache;
    private final long ttlMillis;

    JetCacheRemote(int port, int database, Duration ttl) {
        client = RedisClient.create("redis://127.0.0.1:" + port + "/" + database);
        ttlMillis = ttl.toMillis();
        cache = RedisLettuceCacheBuilder.createRedisLettuceCacheBuilder()
                .redisClient(client)
                .asyncResultTimeoutInMillis(TIMEOUT.toMillis())
                .keyPrefix("bench:")
                .valueEncoder(JetCacheBytes::encode)
                .valueDecoder(JetCacheBytes::decode)
                .expireAfterWrite(ttlMillis, TimeUnit.MILLISECONDS)
                .buildCache();
    }

    @Override
    public byte @Nullable [] get(String key) {
        return cache.get(key);
    }

    @Override
    public void put(String key, byte[] value) {
        CacheResult stored = cache.PUT(key, value, ttlMillis, TimeUnit.MILLISECONDS);
        if (!stored.isSuccess()) {
            throw new IllegalStateException("JetCache did not store key '" + key + "': " + stored.getMessage());
        }
    }

    @Override
    public int getAll(List<String> keys) {
        return cache.getAll(Set.copyOf(keys)).size();
    }

    @Override
    public byte[] get(String key, Supplier<byte[]> loader) {
        return cache.computeIfAbsent(key, missing -> loader.get());
    }

    @Override
    public void close() {
        cache.close();
        client.shutdown();
    }
}
