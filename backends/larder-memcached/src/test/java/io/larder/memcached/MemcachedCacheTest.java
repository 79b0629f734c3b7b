package io.larder.memcached;

import io.larder.testkit.servers.MemcachedServer;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;

class MemcachedCacheTest extends MemcachedCachePromises {

    @AutoClose
    private static MemcachedServer server;

    @BeforeAll
    static void start() {
        server = MemcachedServer.start(Urls.SMALL);
    }

    @Override
    List<MemcachedServer> servers() {
        return List.of(server);
    }
}
