package io.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.Cache;
import io.larder.ConfigException;
import io.larder.Larder;
import io.larder.testkit.servers.Await;
import io.larder.testkit.servers.RedisCluster;
import io.larder.testkit.servers.RedisServer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.RedisClusterClient;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client that the application keeps. */
@Timeout(120)
class LentConnectionsTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private static long clients(RedisServer server) {
        return String.valueOf(server.command("CLIENT", "LIST").text())
                .lines()
                .filter(line -> line.contains(" name=lent "))
                .count();
    }

    @Test
    void connectionsAreClosedAndTheClientIsNot() {
        try (RedisServer server = RedisServer.start()) {
            RedisURI uri = RedisURI.Builder.redis("127.0.0.1", server.port())
                    .withClientName("lent")
                    .build();
            RedisClient client = RedisClient.create();
            try {
                try (Larder larder = Larder.builder("redis:?codec=string&connections=2&timeout=20s")
                        .provider(RedisProvider.lent(client, uri))
                        .build()) {
                    Cache<String, String> cache =
                            larder.cache("names", String.class, String.class).build();
                    cache.put("1", "Ada");
                    cache.put("2", "Bob");

                    assertThat(cache.get("1")).isEqualTo("Ada");
                    assertThat(cache.stats().backend().address())
                            .isEqualTo("redis:?codec=string&connections=2&timeout=20s (Redis at " + server.address()
                                    + ")");
                }
                Await.until("its connections are gone", SOON, () -> clients(server) == 0);
                try (var own = client.connect(uri)) {
                    assertThat(own.sync().ping()).isEqualTo("PONG");
                }
            } finally {
                client.shutdown();
            }
        }
    }

    @Test
    void clustersClientMayBeLentToo() {
        try (RedisCluster cluster = RedisCluster.start()) {
            RedisClusterClient client = RedisClusterClient.create(
                    "redis://" + cluster.nodes().get(0).address());
            try (Larder larder = Larder.builder("redis:?codec=string&timeout=20s")
                    .provider(RedisProvider.lent(client))
                    .build()) {
                Cache<String, String> cache =
                        larder.cache("names", String.class, String.class).build();
                cache.put("1", "Ada");

                assertThat(cache.get("1")).isEqualTo("Ada");
            } finally {
                client.shutdown();
            }
        }
    }

    @Test
    void whatBelongsToTheClientIsRefused() {
        RedisClient client = RedisClient.create();
        try {
            RedisURI uri = RedisURI.create("redis://127.0.0.1:1");

            assertThatThrownBy(() -> Larder.builder("redis://h")
                            .provider(RedisProvider.lent(client, uri))
                            .build())
                    .isInstanceOf(ConfigException.class)
                    .hasMessage(
                            "'redis://h' names a place, but the client that was lent knows its own. Write 'redis:'");
            assertThatThrownBy(() -> Larder.builder("redis:?connect-timeout=1s")
                            .provider(RedisProvider.lent(client, uri))
                            .build())
                    .isInstanceOf(ConfigException.class)
                    .hasMessageStartingWith("Unknown parameter 'connect-timeout'");
        } finally {
            client.shutdown();
        }
    }
}
