package io.larder.redis;

import io.larder.testkit.servers.RedisSentinels;
import io.larder.testkit.servers.RedisServer;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;

class SentinelCacheTest extends RedisCachePromises {

    @AutoClose
    private static RedisSentinels sentinels;

    @BeforeAll
    static void start() {
        sentinels = RedisSentinels.start();
    }

    @Override
    String address() {
        return Urls.of(sentinels);
    }

    /** One server has the contract's number; what several do beside that shows sooner. */
    @Override
    protected int historyCalls() {
        return 50_000;
    }

    @Override
    List<RedisServer> leaders() {
        return List.of(sentinels.leader());
    }
}
