package io.larder.redis;

import io.larder.testkit.CacheContract;
import io.larder.testkit.servers.RedisServer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** The promises of every cache, on whatever servers the subclass has started. */
abstract class RedisCachePromises extends CacheContract {

    abstract String address();

    abstract List<RedisServer> leaders();

    /** A skew of an hour, because the contract's clock stands still while the server's goes on. */
    @Override
    protected final String url() {
        return address() + "?clock-skew=1h&timeout=10s";
    }

    @AfterEach
    void leaveNothing() {
        leaders().forEach(leader -> leader.command("FLUSHALL"));
    }
}
