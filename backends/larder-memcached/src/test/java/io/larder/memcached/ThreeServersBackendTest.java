package io.larder.memcached;

import io.larder.testkit.servers.MemcachedGroup;
import io.larder.testkit.servers.MemcachedServer;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;

class ThreeServersBackendTest extends MemcachedBackendPromises {

    @AutoClose
    private static MemcachedGroup servers;

    @BeforeAll
    static void start() {
        servers = MemcachedGroup.start(3, Urls.SMALL);
    }

    @Override
    List<MemcachedServer> servers() {
        return servers.servers();
    }
}
