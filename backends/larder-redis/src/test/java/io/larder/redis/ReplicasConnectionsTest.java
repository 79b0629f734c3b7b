package io.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.testkit.servers.Await;
import io.larder.testkit.servers.RedisReplicas;
import io.larder.testkit.servers.RedisServer;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A leader and replicas that are named one by one. */
@Timeout(120)
class ReplicasConnectionsTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static RedisReplicas replicas;

    @BeforeAll
    static void start() {
        replicas = RedisReplicas.start();
    }

    @AfterAll
    static void stop() {
        replicas.close();
    }

    /** Returns the ports that have answered a hundred reads. */
    private static Set<String> readFrom(Links links) {
        Set<String> ports = new HashSet<>();
        for (int hash = 0; hash < 100; hash++) {
            ports.add(links.answer(links.connections().reader(hash).thenCompose(ReplicasConnectionsTest::port)));
        }
        return ports;
    }

    private static CompletableFuture<String> port(Commands commands) {
        return commands.async()
                .info("server")
                .toCompletableFuture()
                .thenApply(info -> info.replaceAll("(?s).*tcp_port:(\\d+).*", "$1"));
    }

    private static String port(RedisServer server) {
        return String.valueOf(server.port());
    }

    @Test
    void readsFromTheLeaderUnlessToldOtherwise() {
        try (Links links = Links.open(Urls.of(replicas))) {
            assertThat(readFrom(links)).containsExactly(port(replicas.leader()));
        }
    }

    @Test
    void readsFromAllReplicasAndNeverWritesToOne() {
        try (Links links = Links.open(Urls.of(replicas) + "?read=replica")) {
            links.put("key", "value");

            Await.until(
                    "both replicas answer, and nobody else",
                    SOON,
                    () -> readFrom(links)
                            .equals(Set.of(
                                    port(replicas.replicas().get(0)),
                                    port(replicas.replicas().get(1)))));
            assertThat(links.lead(commands -> port(commands))).isEqualTo(port(replicas.leader()));
            Await.until(
                    "the write arrives",
                    SOON,
                    () -> links.read(commands -> Links.text(commands, "key")).equals("value"));
        }
    }

    @Test
    void firstReadDoesNotWaitForAReplica() {
        try (Links links = Links.open(Urls.of(replicas) + "?read=replica")) {
            links.put("key", "value");

            assertThat(links.read(commands -> Links.text(commands, "key"))).isEqualTo("value");
        }
    }

    @Test
    void nearestIsSomebodyWhoIsThere() {
        try (Links links = Links.open(Urls.of(replicas) + "?read=nearest")) {
            links.put("key", "value");

            assertThat(readFrom(links)).hasSizeGreaterThanOrEqualTo(1);
            Await.until("somebody is measured", SOON, () -> readFrom(links).size() == 1);
        }
    }

    @Test
    void readsGoOnWhileReplicasComeAndGo() {
        try (RedisReplicas own = RedisReplicas.start()) {
            RedisServer first = own.replicas().get(0);
            RedisServer second = own.replicas().get(1);
            first.kill();
            try (Links links = Links.open(Urls.of(own) + "?read=replica&reconnect-max=50ms")) {
                links.put("key", "value");
                Await.until(
                        "the other replica answers alone",
                        SOON,
                        () -> readFrom(links).equals(Set.of(port(second))));

                second.kill();
                Await.until("the leader steps in", SOON, () -> readFrom(links).equals(Set.of(port(own.leader()))));

                first.restart();
                Await.until(
                        "the one that was down at the start answers",
                        SOON,
                        () -> readFrom(links).equals(Set.of(port(first))));
            }
        }
    }
}
