package io.larder.memcached;

import io.larder.spi.Backend;
import io.larder.spi.BackendContext;
import io.larder.spi.CacheSpec;
import io.larder.testkit.servers.MemcachedServer;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;

class MemcachedBackendTest extends MemcachedBackendPromises {

    @AutoClose
    private static MemcachedServer server;

    @AutoClose
    private static MemcachedServer evicting;

    @BeforeAll
    static void start() {
        server = MemcachedServer.start(Urls.SMALL);
        evicting = MemcachedServer.start(Urls.SMALL.memoryMebibytes(2));
    }

    @Override
    protected Backend<String, byte[]> openSmall(CacheSpec<String, byte[]> spec, BackendContext context) {
        evicting.ask("flush_all");
        return open(List.of(evicting), spec, context);
    }

    @Override
    List<MemcachedServer> servers() {
        return List.of(server);
    }
}
