package io.larder.testkit.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

class RedisGroupsTest {

    @AutoClose
    private static Certificates certificates;

    @BeforeAll
    static void make() {
        certificates = Certificates.create();
    }

    @Nested
    class Replicas {

        @Test
        void followTheLeaderAndRefuseWrites() {
            try (RedisReplicas all = RedisReplicas.start()) {
                all.leader().command("SET", "k", "v");

                all.awaitReplicas();

                assertThat(all.replicas()).hasSize(2).allSatisfy(replica -> {
                    assertThat(replica.command("GET", "k").text()).isEqualTo("v");
                    assertThatThrownBy(() -> replica.command("SET", "k", "w")).hasMessageContaining("READONLY");
                });
            }
        }

        @Test
        void followWithPasswordAndTls() {
            try (RedisReplicas all =
                    RedisReplicas.start(RedisOptions.plain().password("pw").tls(certificates))) {
                all.leader().command("SET", "k", "v");
                all.replicas().get(0).restart();

                all.awaitReplicas();

                assertThat(all.replicas().get(0).command("GET", "k").text()).isEqualTo("v");
            }
        }
    }

    @Nested
    class Sentinels {

        @Test
        void putAReplicaInTheLeadersPlace() {
            try (RedisSentinels all = RedisSentinels.start()) {
                RedisServer old = all.leader();
                old.command("SET", "k", "v");
                all.awaitWhole();

                assertThat(all.killLeader()).isSameAs(old);
                RedisServer next = all.awaitFailover(old);

                assertThat(next).isNotSameAs(old);
                assertThat(next.command("GET", "k").text()).isEqualTo("v");
                next.command("SET", "k", "w");

                old.restart();
                all.awaitWhole();

                assertThat(all.replicas()).contains(old).hasSize(2);
                assertThat(old.command("GET", "k").text()).isEqualTo("w");
            }
        }

        @Test
        void haveCredentialsOfTheirOwn() {
            RedisOptions options = RedisOptions.plain()
                    .password("data")
                    .user("app", "s3cret", "~*", "+@all")
                    .sentinelPassword("watch")
                    .sentinelUser("watcher", "w4tch")
                    .tls(certificates);
            try (RedisSentinels all = RedisSentinels.start(options)) {
                RedisServer sentinel = all.sentinels().get(0);

                assertThat(sentinel.commandAs("watcher", "w4tch", "SENTINEL", "MASTERS")
                                .items())
                        .hasSize(1);
                assertThatThrownBy(() -> sentinel.commandAs("app", "s3cret", "PING"))
                        .hasMessageContaining("WRONGPASS");
                assertThat(all.leader().commandAs("app", "s3cret", "PING")).hasToString("PONG");
                assertThatThrownBy(() -> all.leader().commandAs("watcher", "w4tch", "PING"))
                        .hasMessageContaining("WRONGPASS");
                assertThat(sentinel.command("SENTINEL", "GET-MASTER-ADDR-BY-NAME", all.service())
                                .texts())
                        .containsExactly(
                                "127.0.0.1", String.valueOf(all.leader().port()));

                RedisServer old = all.killLeader();

                assertThat(all.awaitFailover(old)).isNotSameAs(old);
            }
        }
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    class Cluster {

        @AutoClose
        private RedisCluster cluster;

        @BeforeAll
        void start() {
            cluster = RedisCluster.start(RedisOptions.plain().password("pw"));
        }

        @Test
        @Order(1)
        void threeLeadersShareTheSlots() {
            assertThat(cluster.nodes()).hasSize(6);
            assertThat(cluster.leaders())
                    .containsExactlyElementsOf(cluster.nodes().subList(0, 3));
            assertThat(cluster.leaderOf(0)).isSameAs(cluster.nodes().get(0));
            assertThat(cluster.leaderOf(RedisCluster.SLOTS - 1))
                    .isSameAs(cluster.nodes().get(2));
            assertThat(cluster.slotOf("{tag}a")).isEqualTo(cluster.slotOf("tag"));
            assertThat(cluster.nodes())
                    .allSatisfy(node -> assertThat(node.info("connected_slaves"))
                            .isEqualTo(cluster.leaders().contains(node) ? "1" : "0"));
        }

        @Test
        @Order(2)
        void movedSlotTakesItsKeysAlong() {
            int slot = cluster.slotOf("tag");
            RedisServer from = cluster.leaderOf(slot);
            for (int i = 0; i < 250; i++) {
                from.command("SET", "{tag}" + i, "v" + i);
            }

            cluster.moveSlot(slot);

            RedisServer to = cluster.leaderOf(slot);
            assertThat(to).isNotSameAs(from);
            assertThat(to.command("CLUSTER", "COUNTKEYSINSLOT", String.valueOf(slot))
                            .number())
                    .isEqualTo(250);
            assertThat(to.command("GET", "{tag}249").text()).isEqualTo("v249");
            assertThatThrownBy(() -> from.command("GET", "{tag}249"))
                    .hasMessageContaining("MOVED " + slot + " " + to.address());
        }

        @Test
        @Order(2)
        void slotOnItsWaySendsCallersOn() {
            int slot = cluster.slotOf("way");
            RedisServer from = cluster.leaderOf(slot);
            from.command("MSET", "{way}1", "one", "{way}2", "two");

            try (SlotMove move = cluster.startMove(slot)) {
                assertThat(move.moveKeys(1)).isEqualTo(1);
                assertThat(move.from()).isSameAs(from);
                assertThatThrownBy(() -> from.command("GET", "{way}3"))
                        .hasMessageContaining("ASK " + slot + " " + move.to().address());
                assertThatThrownBy(() -> from.command("MGET", "{way}1", "{way}2"))
                        .hasMessageContaining("TRYAGAIN");
            }

            assertThat(cluster.leaderOf(slot)
                            .command("MGET", "{way}1", "{way}2")
                            .texts())
                    .containsExactly("one", "two");
        }

        @Test
        @Order(3)
        void replicaTakesTheLeadersPlace() {
            RedisServer old = cluster.leaderOf(0);

            assertThat(cluster.killLeader(0)).isSameAs(old);
            cluster.awaitFailover(old);

            assertThat(cluster.leaderOf(0)).isNotSameAs(old);
            assertThat(cluster.leaders()).hasSize(3);

            old.restart();
            cluster.awaitWhole();

            assertThat(cluster.leaders()).hasSize(3).doesNotContain(old);
        }
    }

    @Test
    void clusterSpeaksTls() {
        try (RedisCluster cluster = RedisCluster.start(RedisOptions.plain().tls(certificates))) {
            int slot = cluster.slotOf("k");
            cluster.leaderOf(slot).command("SET", "k", "v");

            cluster.moveSlot(slot);

            assertThat(cluster.leaderOf(slot).command("GET", "k").text()).isEqualTo("v");
        }
    }

    @Test
    void nothingIsLeftOfAGroupThatCannotStart() {
        ServerGroup<RedisServer> group = new ServerGroup<>();
        List<Path> folders = new ArrayList<>();

        assertThatThrownBy(() -> group.orClose(() -> {
                    folders.add(group.add(RedisServer.start()).folder());
                    return RedisServer.start(RedisOptions.plain().set("port", "no number"));
                }))
                .hasMessageContaining("Cannot start");

        assertThat(folders).singleElement().matches(Files::notExists);
        assertThat(group.members()).noneMatch(RedisServer::isRunning);
    }
}
