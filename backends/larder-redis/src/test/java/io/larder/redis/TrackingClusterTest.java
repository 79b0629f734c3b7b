package io.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.codec.KeyBytes;
import io.larder.spi.CacheScope;
import io.larder.spi.KeyPattern;
import io.larder.testkit.servers.Await;
import io.larder.testkit.servers.RedisCluster;
import io.larder.testkit.servers.RedisServer;
import io.larder.testkit.servers.SlotMove;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each leader of a cluster is believed about what it has, for as long as it has that. */
@Timeout(180)
class TrackingClusterTest {

    private static final KeyLayout LAYOUT = KeyLayout.of(new CacheScope("", "names", 1), true);
    private static final int[] SLOTS = KeyLayout.bucketSlots().toArray();
    private static final List<String> KEYS =
            IntStream.range(0, 300).mapToObj(i -> "k" + i).toList();

    private static RedisCluster cluster;
    private Watcher watcher;
    private Watcher other;

    @BeforeAll
    static void start() {
        cluster = RedisCluster.start();
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @BeforeEach
    void open() {
        watcher = Watcher.open(Urls.of(cluster) + "?timeout=1s");
        other = Watcher.begin(Urls.of(cluster) + "?timeout=1s&coherence=none");
    }

    @AfterEach
    void close() {
        other.close();
        watcher.close();
        cluster.awaitWhole();
    }

    private static int slot(String key) {
        return SLOTS[LAYOUT.bucketOf(KeyBytes.encode(key))];
    }

    private static List<String> keysOf(RedisServer leader) {
        return KEYS.stream()
                .filter(key -> cluster.leaderOf(slot(key)) == leader)
                .toList();
    }

    private KeyPattern awaitMoved() {
        watcher.awaitTold("what moved to another leader");
        return watcher.patterns().get(watcher.patterns().size() - 1);
    }

    @Test
    void everyLeaderTells() {
        cluster.leaders()
                .forEach(leader -> watcher.awaitToldOf(other, keysOf(leader).get(0)));
    }

    @Test
    void whatMovedHasChangedAndItsNewLeaderTells() {
        String key = KEYS.get(0);
        RedisServer old = cluster.leaderOf(slot(key));
        watcher.told().clear();

        cluster.moveSlot(slot(key));

        KeyPattern moved = awaitMoved();
        // Its new leader may have had something else and got it back in the meantime, so that all it has counts as
        // changed.
        assertThat(moved.matches(key)).isTrue();
        assertThat(KEYS).filteredOn(moved::matches).doesNotContainAnyElementsOf(keysOf(old));
        watcher.awaitCovered();
        watcher.awaitToldOf(other, key);
    }

    @Test
    void slotOnItsWayIsNotCovered() {
        String key = KEYS.get(1);
        watcher.told().clear();

        try (SlotMove move = cluster.startMove(slot(key))) {
            Await.until(
                    "the key is not covered",
                    Watcher.WAIT_MAX,
                    () -> !watcher.watch().covers(key));
            assertThat(KEYS)
                    .filteredOn(each -> !watcher.watch().covers(each))
                    .allMatch(each -> slot(each) == slot(key));
            move.moveKeys();
        }

        assertThat(awaitMoved().matches(key)).isTrue();
        watcher.awaitCovered();
        watcher.awaitToldOf(other, key);
    }

    @Test
    void whatALostLeaderHadHasChangedAndTheOthersAreBelievedMeanwhile() {
        // The bus is there as well.
        String key =
                KEYS.stream().filter(each -> slot(each) == SLOTS[0]).findFirst().orElseThrow();
        List<String> lost = keysOf(cluster.leaderOf(slot(key)));
        try (Watcher reader = Watcher.open(Urls.of(cluster) + "?timeout=1s&coherence=bus");
                Watcher writer = Watcher.begin(Urls.of(cluster) + "?timeout=1s&coherence=bus")) {
            watcher.told().clear();
            reader.awaitToldOf(writer, key);
            reader.told().clear();

            RedisServer old = cluster.killLeader(slot(key));
            Await.until(
                    "the loss is noticed",
                    Watcher.WAIT_MAX,
                    () -> !watcher.watch().covers(key));
            assertThat(KEYS).filteredOn(each -> !watcher.watch().covers(each)).containsAll(lost);
            cluster.awaitFailover(old);

            KeyPattern moved = awaitMoved();
            assertThat(KEYS).filteredOn(moved::matches).containsExactlyElementsOf(lost);
            watcher.awaitCovered();
            watcher.awaitToldOf(other, key);

            reader.awaitTold("*");
            reader.awaitCovered();
            reader.awaitToldOf(writer, key);
            old.restart();
        }
    }
}
