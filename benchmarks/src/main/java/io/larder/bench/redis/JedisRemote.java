package io.larder.bench.redis;

import io.larder.bench.load.RemoteCache;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.SetParams;

/** Jedis with nothing around it, and as many connections as there may be callers. */
final class JedisRemote implements RemoteCache {

    private static final int CONNECTIONS_MAX = 64;

    private final RedisClient client;
    private final SetParams lifetime;

    JedisRemote(int port, int database, Duration ttl) {
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setMaxTotal(CONNECTIONS_MAX);
        pool.setMaxIdle(CONNECTIONS_MAX);
        client = RedisClient.builder()
                .hostAndPort("127.0.0.1", port)
                .clientConfig(DefaultJedisClientConfig.builder()
                        .database(database)
                        .socketTimeoutMillis((int) TIMEOUT.toMillis())
                        .build())
                .poolConfig(pool)
                .build();
        lifetime = SetParams.setParams().px(ttl.toMillis());
    }

    @Override
    public byte @Nullable [] get(String key) {
        return client.get(bytes(key));
    }

    @Override
    public void put(String key, byte[] value) {
        client.set(bytes(key), value, lifetime);
    }

    @Override
    public int getAll(List<String> keys) {
        byte[][] asked = keys.stream().map(JedisRemote::bytes).toArray(byte[][]::new);
        return (int) client.mget(asked).stream().filter(Objects::nonNull).count();
    }

    @Override
    public void close() {
        client.close();
    }

    private static byte[] bytes(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }
}
