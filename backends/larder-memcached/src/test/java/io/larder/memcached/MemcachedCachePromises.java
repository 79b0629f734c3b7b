package io.larder.memcached;

import io.larder.testkit.CacheContract;
import io.larder.testkit.servers.MemcachedServer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** The promises of every cache, on whatever servers the subclass has started. */
abstract class MemcachedCachePromises extends CacheContract {

    abstract List<MemcachedServer> servers();

    /** A skew of an hour, because the contract's clock stands still while the servers' go on. */
    @Override
    protected final String url() {
        return Urls.of(servers()) + "?clock-skew=1h&timeout=10s&lease=60s";
    }

    @Override
    protected final boolean isShared() {
        return true;
    }

    /** Each try asks a server some fifty times. */
    @Override
    protected final int matrixTries() {
        return 50;
    }

    @AfterEach
    void leaveNothing() {
        servers().forEach(server -> server.ask("flush_all"));
    }
}
