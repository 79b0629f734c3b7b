package io.larder.redis;

import io.larder.testkit.servers.RedisServer;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;

class RedisCacheTest extends RedisCachePromises {

    @AutoClose
    private static RedisServer server;

    @BeforeAll
    static void start() {
        server = RedisServer.start();
    }

    @Override
    String address() {
        return Urls.of(server);
    }

    @Override
    List<RedisServer> leaders() {
        return List.of(server);
    }
}
