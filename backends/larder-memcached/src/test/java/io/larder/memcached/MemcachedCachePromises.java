package io.larder.memcached;

import io.larder.CacheListener;
import io.larder.Larder;
import io.larder.testkit.CacheContract;
import io.larder.testkit.FakeClock;
import io.larder.testkit.servers.MemcachedServer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** The promises of every cache, on whatever servers the subclass has started. */
abstract class MemcachedCachePromises extends CacheContract {

    abstract List<MemcachedServer> servers();

    @Override
    protected Larder open(FakeClock clock, CacheListener listener) {
        return Larder.builder(Urls.of(servers()) + "?clock-skew=1h&timeout=10s&lease=60s")
                .clock(clock)
                .listener(listener)
                .build();
    }

    @AfterEach
    void leaveNothing() {
        servers().forEach(server -> server.ask("flush_all"));
    }
}
