package io.larder.redis;

import io.larder.testkit.servers.RedisSentinels;
import io.larder.testkit.servers.RedisServer;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;

class SentinelBackendTest extends RedisBackendPromises {

    @AutoClose
    private static RedisSentinels sentinels;

    @BeforeAll
    static void start() {
        sentinels = RedisSentinels.start();
    }

    @Override
    String url() {
        return Urls.of(sentinels);
    }

    @Override
    List<RedisServer> leaders() {
        return List.of(sentinels.leader());
    }
}
