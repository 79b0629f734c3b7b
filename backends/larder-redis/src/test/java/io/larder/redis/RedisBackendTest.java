package io.larder.redis;

import io.larder.layer.ForwardingBackend;
import io.larder.spi.Backend;
import io.larder.spi.BackendContext;
import io.larder.spi.CacheSpec;
import io.larder.spi.Capability;
import io.larder.testkit.servers.RedisServer;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;

class RedisBackendTest extends RedisBackendPromises {

    /** Also for the buffers of connections, which entries make way for. */
    private static final long ROOM_BYTES = 1 << 20;

    @AutoClose
    private static RedisServer server;

    @AutoClose
    private static RedisServer evicting;

    @BeforeAll
    static void start() {
        server = RedisServer.start();
        evicting = RedisServer.start();
    }

    /** Without tags: a server that evicts any key may evict a tag's set, see docs/guide/redis.md. */
    @Override
    protected Backend<String, byte[]> openSmall(CacheSpec<String, byte[]> spec, BackendContext context) {
        long usedBytes = Long.parseLong(Objects.requireNonNull(evicting.info("used_memory")));
        evicting.command("CONFIG", "SET", "maxmemory", Long.toString(usedBytes + ROOM_BYTES));
        evicting.command("CONFIG", "SET", "maxmemory-policy", "allkeys-lru");
        return new ForwardingBackend<>(open(Urls.of(evicting), spec, context)) {
            @Override
            public Set<Capability> capabilities() {
                Set<Capability> rest = EnumSet.copyOf(below.capabilities());
                rest.remove(Capability.TAGS);
                return rest;
            }
        };
    }

    @Override
    String url() {
        return Urls.of(server);
    }

    @Override
    List<RedisServer> leaders() {
        return List.of(server);
    }
}
