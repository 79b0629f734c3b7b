package io.larder.redis;

import io.larder.testkit.servers.RedisCluster;
import io.larder.testkit.servers.RedisServer;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;

class ClusterCacheTest extends RedisCachePromises {

    @AutoClose
    private static RedisCluster cluster;

    @BeforeAll
    static void start() {
        cluster = RedisCluster.start();
    }

    @Override
    String address() {
        return Urls.of(cluster);
    }

    /** Sent together, without waiting for one another. */
    @Override
    protected int partsPerServer() {
        return KeyLayout.BUCKETS / cluster.leaders().size() + 1;
    }

    /** One server has the contract's number; what several do beside that shows sooner. */
    @Override
    protected int historyCalls() {
        return 50_000;
    }

    @Override
    List<RedisServer> leaders() {
        return cluster.leaders();
    }
}
