package io.larder.bench.redis;

import static java.util.Objects.requireNonNull;

import io.larder.bench.load.RemoteCache;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.Cache;
import org.springframework.data.redis.cache.RedisCacheConfiguration;
import org.springframework.data.redis.cache.RedisCacheManager;
import org.springframework.data.redis.cache.RedisCacheWriter;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.serializer.RedisSerializationContext.SerializationPair;

/** Spring's cache on Redis, by the calls that its annotations make, with writes that wait, which is not what it does by itself. */
final class SpringRemote implements RemoteCache {

    private final LettuceConnectionFactory connections;
    private final Cache cache;

    SpringRemote(int port, int database, Duration ttl) {
        RedisStandaloneConfiguration server = new RedisStandaloneConfiguration("127.0.0.1", port);
        server.setDatabase(database);
        connections = new LettuceConnectionFactory(server);
        connections.afterPropertiesSet();
        connections.start();
        RedisCacheManager manager = RedisCacheManager.builder(RedisCacheWriter.create(
                        connections, RedisCacheWriter.RedisCacheWriterConfigurer::immediateWrites))
                .cacheDefaults(RedisCacheConfiguration.defaultCacheConfig()
                        .entryTtl(ttl)
                        .serializeValuesWith(SerializationPair.byteArray()))
                .build();
        manager.afterPropertiesSet();
        cache = requireNonNull(manager.getCache("bench"));
    }

    @Override
    public byte @Nullable [] get(String key) {
        Cache.ValueWrapper found = cache.get(key);
        return found == null ? null : (byte[]) found.get();
    }

    @Override
    public void put(String key, byte[] value) {
        cache.put(key, value);
    }

    @Override
    public int getAll(List<String> keys) {
        return (int) keys.stream().filter(key -> cache.get(key) != null).count();
    }

    @Override
    public byte[] get(String key, Supplier<byte[]> loader) {
        return requireNonNull(cache.get(key, loader::get));
    }

    @Override
    public void close() {
        connections.destroy();
    }
}
