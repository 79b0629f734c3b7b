package io.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.BackendException;
import io.larder.testkit.servers.RedisCluster;
import io.larder.testkit.servers.RedisSentinels;
import io.larder.testkit.servers.RedisServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** URLs of one shape that lead to servers of another, or to nobody. */
@Timeout(120)
class WrongShapeTest {

    private static RedisServer server;
    private static RedisSentinels sentinels;
    private static RedisCluster cluster;

    @BeforeAll
    static void start() {
        server = RedisServer.start();
        sentinels = RedisSentinels.start();
        cluster = RedisCluster.start();
    }

    @AfterAll
    static void stop() {
        cluster.close();
        sentinels.close();
        server.close();
    }

    private static BackendException failure(String url) {
        try (Links links = Links.open(url)) {
            return links.failure();
        }
    }

    @Test
    void serverThatIsANodeOfACluster() {
        String node = cluster.nodes().get(0).address();

        assertThat(failure("redis://" + node))
                .hasMessage("Redis at " + node + " is a node of a Redis Cluster. Use redis+cluster:")
                .matches(failure -> !failure.isTransient());
    }

    @Test
    void serverThatIsASentinel() {
        String sentinel = sentinels.sentinels().get(0).address();

        assertThat(failure("redis://" + sentinel))
                .hasMessage("Redis at " + sentinel
                        + " is a sentinel and holds no data. Use redis+sentinel: and its service");
    }

    @Test
    void sentinelThatIsAServer() {
        BackendException failure = failure("redis+sentinel://" + server.address() + "/orders");

        assertThat(failure.getMessage())
                .startsWith(
                        "Redis at " + server.address() + " is no sentinel, it holds data itself ('ERR unknown command")
                .endsWith("Use redis:");
        assertThat(failure.isTransient()).isFalse();
    }

    @Test
    void serviceThatTheSentinelsDoNotKnow() {
        String url = Urls.of(sentinels).replace("/" + sentinels.service(), "/oredrs");

        BackendException failure = failure(url);

        assertThat(failure)
                .hasMessage("Redis service 'oredrs' of the sentinels at "
                        + Urls.addresses(sentinels.sentinels()).replace(",", ", ")
                        + " is not known to them. They know '" + sentinels.service() + "'");
        assertThat(failure.isTransient()).isFalse();
    }

    @Test
    void clusterThatIsAServer() {
        BackendException failure = failure("redis+cluster://" + server.address());

        assertThat(failure)
                .hasMessage("Redis Cluster at " + server.address()
                        + " is no Redis Cluster ('ERR This instance has cluster support disabled'). Use redis:");
        assertThat(failure.isTransient()).isFalse();
    }

    @Test
    void databaseOfANodeOfACluster() {
        assertThat(failure("redis://" + cluster.nodes().get(0).address() + "/3"))
                .hasMessageContaining("is a node of a Redis Cluster")
                .hasMessageEndingWith("Use redis+cluster:");
    }

    @Test
    void hostThatNobodyHas() {
        assertThat(failure("redis://no-such-host.invalid:7000"))
                .hasMessage("Redis at no-such-host.invalid:7000 cannot be found: no such host. Check the name and DNS");
    }

    @Test
    void socketThatIsNotThere() {
        assertThat(failure("redis+unix:///no/such/redis.sock"))
                .hasMessage(
                        "Redis at /no/such/redis.sock cannot be reached: there is no such socket. Check its path and "
                                + "'unixsocket' of the server");
    }

    @Test
    void serverThatAcceptsAndNeverAnswers() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + silent.getLocalPort();

            assertThat(failure("redis://" + address + "?connect-timeout=200ms"))
                    .hasMessage("Redis at " + address
                            + " did not let us in within 200ms. Check host, port and firewall, or raise "
                            + "'connect-timeout'");
        }
    }

    @Test
    void replicaTakesNoWrites() {
        RedisServer replica = sentinels.replicas().get(0);
        try (Links links = Links.open("redis://" + replica.address())) {
            assertThatThrownBy(() -> links.put("key", "value"))
                    .isInstanceOf(BackendException.class)
                    .hasMessageStartingWith("Redis at " + replica.address()
                            + " is a replica and takes no writes ('READONLY You can't write against a read only replica."
                            + "'). After a fail-over this passes; else name the leader, or use redis+sentinel:")
                    .matches(failure -> ((BackendException) failure).isTransient());
        }
    }
}
