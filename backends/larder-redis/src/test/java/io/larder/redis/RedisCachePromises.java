package io.larder.redis;

import io.larder.CacheListener;
import io.larder.Larder;
import io.larder.testkit.CacheContract;
import io.larder.testkit.FakeClock;
import io.larder.testkit.servers.RedisServer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** The promises of every cache, on whatever servers the subclass has started. */
abstract class RedisCachePromises extends CacheContract {

    abstract String url();

    abstract List<RedisServer> leaders();

    @Override
    protected Larder open(FakeClock clock, CacheListener listener) {
        return Larder.builder(url() + "?clock-skew=1h&timeout=10s")
                .clock(clock)
                .listener(listener)
                .build();
    }

    @AfterEach
    void leaveNothing() {
        leaders().forEach(leader -> leader.command("FLUSHALL"));
    }
}
