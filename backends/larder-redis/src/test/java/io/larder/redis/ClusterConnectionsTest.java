package io.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.BackendException;
import io.larder.testkit.servers.Await;
import io.larder.testkit.servers.Certificates;
import io.larder.testkit.servers.RedisCluster;
import io.larder.testkit.servers.RedisOptions;
import io.larder.testkit.servers.RedisServer;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A cluster: every key to its leader, wherever that is now. */
@Timeout(180)
class ClusterConnectionsTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static RedisCluster cluster;

    @BeforeAll
    static void start() {
        cluster = RedisCluster.start();
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    private static String port(Commands commands) {
        return commands.async().info("server").toCompletableFuture().join().replaceAll("(?s).*tcp_port:(\\d+).*", "$1");
    }

    private static Set<String> ports(List<RedisServer> servers) {
        return servers.stream().map(server -> String.valueOf(server.port())).collect(Collectors.toSet());
    }

    @Test
    void reachesEveryKeyByOneSeedNode() {
        try (Links links =
                Links.open("redis+cluster://" + cluster.nodes().get(0).address())) {
            for (int i = 0; i < 200; i++) {
                assertThat(links.put("key" + i, "value" + i)).isEqualTo("OK");
                assertThat(links.get("key" + i)).isEqualTo("value" + i);
            }
            assertThat(links.connections().isCluster()).isTrue();
        }
    }

    @Test
    void seedThatIsDownIsPassedBy() {
        try (Links links = Links.open(
                "redis+cluster://127.0.0.1:1," + cluster.nodes().get(0).address())) {
            assertThat(links.put("key", "value")).isEqualTo("OK");
        }
    }

    @Test
    void leadersAreOnePerNodeThatServesSlots() {
        try (Links links = Links.open(Urls.of(cluster))) {
            List<Commands> leaders = links.answer(links.connections().leaders());

            assertThat(leaders.stream().map(ClusterConnectionsTest::port).collect(Collectors.toSet()))
                    .hasSize(3)
                    .isEqualTo(ports(cluster.leaders()));
        }
    }

    @Test
    void whatHoldsUpGoesToTheKeysLeaderOnAnotherConnection() {
        try (Links links = Links.open(Urls.of(cluster))) {
            for (String key : List.of("a", "b", "c", "d")) {
                Commands aside = links.answer(links.connections().aside(Links.bytes(key)));

                assertThat(port(aside))
                        .isEqualTo(String.valueOf(
                                cluster.leaderOf(cluster.slotOf(key)).port()));
                assertThat(links.answer(links.connections().leaders()).stream().map(Commands::connection))
                        .doesNotContain(aside.connection());
            }
        }
    }

    @Test
    void manyCommandsLeaveTogether() {
        try (Links links = Links.open(Urls.of(cluster))) {
            List<AsyncCommand<byte[], byte[], String>> sets = IntStream.range(0, 1_000)
                    .mapToObj(i -> new AsyncCommand<>(new Command<>(
                            CommandType.SET,
                            new StatusOutput<>(ByteArrayCodec.INSTANCE),
                            new CommandArgs<>(ByteArrayCodec.INSTANCE)
                                    .addKey(Links.bytes("many" + i))
                                    .addValue(Links.bytes("value" + i)))))
                    .toList();

            links.answer(links.connections().leader(0)).dispatch(sets);

            links.answer(CompletableFuture.allOf(sets.toArray(CompletableFuture<?>[]::new)));
            assertThat(links.get("many999")).isEqualTo("value999");
        }
    }

    @Test
    void followsSlotsThatMove() {
        try (Links links = Links.open(Urls.of(cluster))) {
            links.put("mover", "before");
            RedisServer before = cluster.leaderOf(cluster.slotOf("mover"));

            cluster.moveSlot(cluster.slotOf("mover"));

            assertThat(cluster.leaderOf(cluster.slotOf("mover"))).isNotSameAs(before);
            assertThat(links.get("mover")).isEqualTo("before");
            assertThat(links.put("mover", "after")).isEqualTo("OK");
        }
    }

    @Test
    void readsFromReplicasWhereAskedTo() {
        try (Links links = Links.open(Urls.of(cluster) + "?read=replica")) {
            links.put("key", "value");

            Await.until(
                    "the write arrives",
                    SOON,
                    () -> links.read(commands -> Links.text(commands, "key")).equals("value"));
            List<RedisServer> replicas = cluster.nodes().stream()
                    .filter(node -> !cluster.leaders().contains(node))
                    .toList();
            long before =
                    replicas.stream().mapToLong(ClusterConnectionsTest::gets).sum();
            for (int i = 0; i < 50; i++) {
                links.read(commands -> Links.text(commands, "key"));
            }
            assertThat(replicas.stream().mapToLong(ClusterConnectionsTest::gets).sum() - before)
                    .isGreaterThan(40);
        }
    }

    private static long gets(RedisServer server) {
        String counted = server.info("cmdstat_get");
        return counted == null ? 0 : Long.parseLong(counted.replaceAll("calls=(\\d+).*", "$1"));
    }

    @Test
    void comesBackAfterALeaderDied() {
        try (RedisCluster own = RedisCluster.start();
                Links links = Links.open(Urls.of(own))) {
            int slot = own.slotOf("key");
            links.put("key", "value");

            own.killLeader(slot);

            Await.until(
                    "its keys are served again",
                    SOON,
                    () -> links.put("key", "new").equals("OK"));
            assertThat(links.answer(links.connections().leaders())).hasSize(3);
        }
    }

    @Test
    void nothingIsSentTwiceWhenAConnectionBreaks() {
        try (Links links = Links.open(Urls.of(cluster) + "?timeout=1m")) {
            RedisServer leader = cluster.leaderOf(cluster.slotOf("{c}count"));
            Commands commands = links.answer(links.connections().leader(0));
            CompletableFuture<?> blocked =
                    commands.async().blpop(0, Links.bytes("{c}nothing")).toCompletableFuture();
            CompletableFuture<?> counted =
                    commands.async().incr(Links.bytes("{c}count")).toCompletableFuture();
            Await.until("it blocks", SOON, () -> leader.info("blocked_clients").equals("1"));

            leader.command("CLIENT", "KILL", "TYPE", "normal");

            assertThat(blocked).failsWithin(SOON);
            assertThat(counted).failsWithin(SOON);
            Await.until(
                    "it is connected again", SOON, () -> links.get("{c}count").isEmpty());
            assertThat(leader.info("blocked_clients")).isEqualTo("0");
        }
    }

    @Test
    void logsInToEveryNodeOverTls() {
        try (Certificates certificates = Certificates.create();
                RedisCluster secured = RedisCluster.start(
                        RedisOptions.plain().tls(certificates).password("s3cret"))) {
            String url = Urls.of(secured).replace("://", "://:s3cret@") + "?tls=true&ca=";
            try (Links links = Links.open(url + certificates.ca());
                    Links wrong = Links.open(url.replace("s3cret", "wr0ng") + certificates.ca());
                    Links other = Links.open(url + certificates.otherCa())) {
                for (int i = 0; i < 50; i++) {
                    assertThat(links.put("key" + i, "value")).isEqualTo("OK");
                }
                assertThat(wrong.failure("wr0ng")).hasMessageContaining(" refused the login ('WRONGPASS");
                assertThat(other.failure("s3cret")).hasMessageContaining("no known authority signed");
            }
        }
    }

    @Test
    void clusterThatIsDownIsNamed() {
        try (RedisCluster own = RedisCluster.start()) {
            String url = Urls.of(own);
            own.nodes().forEach(RedisServer::kill);

            try (Links links = Links.open(url)) {
                BackendException failure = links.failure();

                assertThat(failure)
                        .hasMessageStartingWith("Redis Cluster at "
                                + Urls.addresses(own.nodes()).replace(",", ", "))
                        .hasMessageContaining("refused the connection");
                assertThat(failure.isTransient()).isTrue();
            }
        }
    }

    @Test
    void slotWithoutANodeIsToldAndDoesNotWait() {
        try (RedisCluster own = RedisCluster.start(RedisOptions.plain().set("cluster-require-full-coverage", "no"));
                Links links = Links.open(Urls.of(own))) {
            int slot = own.slotOf("key");
            links.put("key", "value");
            own.leaders().forEach(node -> node.command("CLUSTER", "DELSLOTS", String.valueOf(slot)));

            assertThatThrownBy(() -> links.put("key", "value"))
                    .isInstanceOf(BackendException.class)
                    .hasMessageContaining("Redis Cluster at");
        }
    }
}
