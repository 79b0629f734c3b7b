package io.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.Cache;
import io.larder.Larder;
import io.larder.testkit.servers.Await;
import io.larder.testkit.servers.RedisCluster;
import io.larder.testkit.servers.RedisServer;
import io.larder.testkit.trials.Caches;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A cluster that gets a leader which nobody has told its users of. */
class ClusterGrowthFaultTest {

    private static final Duration WAIT_MAX = Duration.ofSeconds(20);
    private static final int ENTRIES = 500;
    private static final int SLOTS_MOVED = 20;

    /** Makes a leader without slots of a replica. */
    private static RedisServer added(RedisCluster cluster) {
        List<RedisServer> leaders = cluster.leaders();
        RedisServer added = cluster.nodes().stream()
                .filter(node -> !leaders.contains(node))
                .findFirst()
                .orElseThrow();
        added.command("CLUSTER", "RESET", "HARD");
        String name = added.command("CLUSTER", "MYID").toString();
        added.command(
                "CLUSTER",
                "MEET",
                leaders.get(0).host(),
                String.valueOf(leaders.get(0).port()));
        Await.until(
                "all leaders know the new one",
                WAIT_MAX,
                () -> added.command("CLUSTER", "INFO").toString().contains("cluster_state:ok")
                        && leaders.stream()
                                .allMatch(leader -> leader.command("CLUSTER", "NODES")
                                        .toString()
                                        .contains(name)));
        return added;
    }

    private static void move(RedisCluster cluster, int slotNumber, RedisServer to) {
        List<RedisServer> leaders = cluster.leaders();
        RedisServer from = cluster.leaderOf(slotNumber);
        String slot = String.valueOf(slotNumber);
        String name = to.command("CLUSTER", "MYID").toString();
        to.command(
                "CLUSTER",
                "SETSLOT",
                slot,
                "IMPORTING",
                from.command("CLUSTER", "MYID").toString());
        from.command("CLUSTER", "SETSLOT", slot, "MIGRATING", name);
        List<String> migrate =
                new ArrayList<>(List.of("MIGRATE", to.host(), String.valueOf(to.port()), "", "0", "9000", "KEYS"));
        migrate.addAll(from.command("CLUSTER", "GETKEYSINSLOT", slot, String.valueOf(ENTRIES))
                .texts());
        from.command(migrate.toArray(String[]::new));
        to.command("CLUSTER", "SETSLOT", slot, "NODE", name);
        leaders.forEach(leader -> leader.command("CLUSTER", "SETSLOT", slot, "NODE", name));
    }

    @Test
    void walksFindWhatMovedToANewLeader() {
        try (RedisCluster cluster = RedisCluster.start();
                Larder larder = Larder.open(Urls.of(cluster) + "?on-error=throw&timeout=10s")) {
            Cache<String, String> cache = Caches.texts(larder);
            RedisServer added = added(cluster);
            Map<String, String> values = new HashMap<>();
            for (int i = 0; i < ENTRIES; i++) {
                values.put("k" + i, "v" + i);
            }
            cache.putAll(values);

            KeyLayout.bucketSlots().limit(SLOTS_MOVED).forEach(slot -> move(cluster, slot, added));

            assertThat(added.command("DBSIZE").number()).isPositive();
            assertThat(cache.keys("*")).containsExactlyInAnyOrderElementsOf(values.keySet());
            assertThat(cache.removeMatching("k*")).isEqualTo(ENTRIES);
            assertThat(added.command("DBSIZE").number()).isZero();
        }
    }
}
