package io.larder.bench.redis;

import io.larder.bench.load.RemoteCache;
import io.lettuce.core.KeyValue;
import io.lettuce.core.RedisClient;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lettuce with nothing around it: the synchronous commands on one connection. */
final class LettuceRemote implements RemoteCache {

    private final RedisClient client;
    private final RedisCommands<String, byte[]> commands;
    private final SetArgs lifetime;

    LettuceRemote(int port, int database, Duration ttl) {
        client = RedisClient.create("redis://127.0.0.1:" + port + "/" + database);
        commands = client.connect(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE))
                .sync();
        lifetime = SetArgs.Builder.px(ttl);
    }

    @Override
    public byte @Nullable [] get(String key) {
        return commands.get(key);
    }

    @Override
    public void put(String key, byte[] value) {
        commands.set(key, value, lifetime);
    }

    @Override
    public int getAll(List<String> keys) {
        List<KeyValue<String, byte[]>> found = commands.mget(keys.toArray(String[]::new));
        return (int) found.stream().filter(KeyValue::hasValue).count();
    }

    @Override
    public void close() {
        client.shutdown();
    }
}
