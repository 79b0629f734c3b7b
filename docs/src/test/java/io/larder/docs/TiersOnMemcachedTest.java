package io.larder.docs;

import io.larder.testkit.CacheContract;
import io.larder.testkit.servers.MemcachedServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;

/** Every promise of a cache on memory in front of Memcached; of one process, for another's changes are seen a second later. */
class TiersOnMemcachedTest extends CacheContract {

    @AutoClose
    private static MemcachedServer server;

    @BeforeAll
    static void start() {
        server = MemcachedServer.start();
    }

    @AfterEach
    void leaveNothing() {
        server.ask("flush_all");
    }

    /** A skew of an hour, because the contract's clock stands still while the server's goes on. */
    @Override
    protected String url() {
        return "memory:?max=10k | memcached://" + server.address() + "?clock-skew=1h&timeout=10s&lease=60s";
    }

    /** The server alone has larger numbers. */
    @Override
    protected int historyCalls() {
        return 4_000;
    }

    @Override
    protected int matrixTries() {
        return 7;
    }
}
