package io.larder.bench.tiers;

import com.alicp.jetcache.Cache;
import com.alicp.jetcache.CacheBuilder;
import com.alicp.jetcache.CacheResult;
import com.alicp.jetcache.SimpleCacheManager;
import com.alicp.jetcache.anno.CacheConsts;
import com.alicp.jetcache.anno.CacheType;
import com.alicp.jetcache.embedded.CaffeineCacheBuilder;
import com.alicp.jetcache.redis.lettuce.RedisLettuceCacheBuilder;
import com.alicp.jetcache.template.CacheBuilderTemplate;
import com.alicp.jetcache.template.NotifyMonitorInstaller;
import com.alicp.jetcache.template.QuickConfig;
import io.larder.bench.redis.JetCacheBytes;
import io.lettuce.core.RedisClient;
import io.lettuce.core.codec.ByteArrayCodec;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JetCache over Caffeine and Lettuce, which broadcasts what it changes. Its {@code put} does not wait, so {@code PUT} is waited for. */
final class JetCacheTiers implements TieredCache {

    private final RedisClient client;
    private final SimpleCacheManager manager = new SimpleCacheManager();
    private final Cache<String, byte[]> cache;

    JetCacheTiers(int port, int database, String name) {
        client = RedisClient.create("redis://127.0.0.1:" + port + "/" + database);
        CacheBuilder near = CaffeineCacheBuilder.createCaffeineCacheBuilder();
        CacheBuilder far = RedisLettuceCacheBuilder.createRedisLettuceCacheBuilder()
                .redisClient(client)
                .pubSubConnection(client.connectPubSub(ByteArrayCodec.INSTANCE))
                .asyncResultTimeoutInMillis(TIMEOUT.toMillis())
                .broadcastChannel(name);
        CacheBuilderTemplate template = new CacheBuilderTemplate(
                false, Map.of(CacheConsts.DEFAULT_AREA, near), Map.of(CacheConsts.DEFAULT_AREA, far));
        template.getCacheMonitorInstallers().add(new NotifyMonitorInstaller(area -> template.getCacheBuilder(1, area)));
        manager.setCacheBuilderTemplate(template);
        cache = manager.getOrCreateCache(QuickConfig.newBuilder(name)
                .cacheType(CacheType.BOTH)
                .localLimit(TierPeer.CAPACITY)
                .expire(TTL)
                .syncLocal(true)
                .valueEncoder(JetCacheBytes::encode)
                .valueDecoder(JetCacheBytes::decode)
                .build());
    }

    @Override
    public byte @Nullable [] get(String key) {
        return cache.get(key);
    }

    @Override
    public void put(String key, byte[] value) {
        CacheResult stored = cache.PUT(key, value);
        if (!stored.isSuccess()) {
            throw new IllegalStateException("JetCache did not store key '" + key + "': " + stored.getMessage());
        }
    }

    @Override
    public void close() {
        manager.close();
        client.shutdown();
    }
}
