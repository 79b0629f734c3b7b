package io.larder.memcached;

import io.larder.testkit.servers.MemcachedGroup;
import io.larder.testkit.servers.MemcachedServer;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;

class ThreeServersCacheTest extends MemcachedCachePromises {

    @AutoClose
    private static MemcachedGroup servers;

    @BeforeAll
    static void start() {
        servers = MemcachedGroup.start(3, Urls.SMALL);
    }

    /** One server has the contract's number; what several do beside that shows sooner. */
    @Override
    protected int historyCalls() {
        return 50_000;
    }

    @Override
    List<MemcachedServer> servers() {
        return servers.servers();
    }
}
