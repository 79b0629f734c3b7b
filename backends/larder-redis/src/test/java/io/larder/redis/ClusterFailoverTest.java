package io.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.Cache;
import io.larder.EntryOptions;
import io.larder.Larder;
import io.larder.codec.StringCodec;
import io.larder.spi.CacheScope;
import io.larder.testkit.servers.Await;
import io.larder.testkit.servers.RedisCluster;
import io.larder.testkit.servers.RedisServer;
import io.larder.testkit.servers.SlotMove;
import io.larder.testkit.trials.Caches;
import io.larder.testkit.trials.Findings;
import io.larder.testkit.trials.Traffic;
import io.lettuce.core.cluster.SlotHash;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a cluster's users see of it when slots move and leaders die. */
class ClusterFailoverTest {

    private static final int THREADS = 8;
    private static final int MOVES = 12;
    private static final int ENTRIES = 600;
    private static final int KEYS_AT_ONCE = 10;
    private static final int WRITES_BEFORE = 2_000;
    private static final int WRITES_MEANWHILE = 30;
    private static final Duration WAIT_MAX = Duration.ofSeconds(40);

    private static RedisCluster cluster;

    @BeforeAll
    static void start() {
        cluster = RedisCluster.start();
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @AfterEach
    void leaveNothing() {
        cluster.nodes().stream().filter(node -> !node.isRunning()).forEach(RedisServer::restart);
        cluster.awaitWhole();
        cluster.leaders().forEach(leader -> leader.command("FLUSHALL"));
    }

    private static Larder open() {
        return open("&timeout=5s");
    }

    private static Larder open(String parameters) {
        return Larder.open(Urls.of(cluster) + "?on-error=throw" + parameters);
    }

    /** Returns the slot of a bucket of the cache with the texts. */
    private static int slot(int bucket) {
        KeyLayout layout = KeyLayout.of(new CacheScope("", "texts", 1), true);
        return SlotHash.getSlot(layout.prefix(bucket));
    }

    /** Moves a slot with its keys, some at a time, while traffic goes on. */
    private static void move(int slot, Traffic traffic) {
        try (SlotMove move = cluster.startMove(slot)) {
            // Writers who meet it wait until it is over, and sooner or later all do.
            long writes = traffic.writes();
            Await.until("traffic meets the move", WAIT_MAX, () -> traffic.writes() > writes + WRITES_MEANWHILE);
            while (move.moveKeys(KEYS_AT_ONCE) > 0) {
                // The next ones.
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void nobodyNoticesThatSlotsMove(int waitReplicas) throws Exception {
        try (Larder larder = open("&timeout=5s&wait-replicas=" + waitReplicas);
                Traffic traffic = Traffic.start(Caches.texts(larder), Caches.numbers(larder), THREADS)) {
            Await.until("there is something to move", WAIT_MAX, () -> traffic.writes() > WRITES_BEFORE);

            for (int i = 0; i < MOVES; i++) {
                move(slot(5 * i), traffic);
            }

            Findings findings = traffic.stop();
            assertThat(findings.failures()).as(findings.toString()).isZero();
            assertThat(findings.wrongs()).as(findings.toString()).isZero();
            assertThat(findings.lost()).as(findings.toString()).isZero();
            assertThat(findings.undone()).as(findings.toString()).isZero();
        }
    }

    @Test
    void tagsAndWalksFindEveryEntryWhileSlotsMoveAndAfterwards() throws Exception {
        try (Larder larder = open()) {
            Cache<String, String> cache = larder.cache("tagged", String.class, String.class)
                    .codec(new StringCodec())
                    .build();
            Map<String, String> values = new HashMap<>();
            for (int i = 0; i < ENTRIES; i++) {
                values.put("k" + i, "v" + i);
            }
            cache.putAll(values, EntryOptions.tagged("x"));
            KeyLayout layout = KeyLayout.of(new CacheScope("", "tagged", 1), true);

            for (int bucket = 0; bucket < MOVES; bucket++) {
                try (SlotMove move = cluster.startMove(SlotHash.getSlot(layout.prefix(5 * bucket)))) {
                    move.moveKeys(3);
                    assertThat(cache.getAll(values.keySet())).isEqualTo(values);
                    assertThat(cache.entriesByTag("x").map(entry -> entry.key()))
                            .containsExactlyInAnyOrderElementsOf(values.keySet());
                    // What is in the moving slot may be seen twice.
                    assertThat(cache.keys("*").collect(Collectors.toSet())).isEqualTo(values.keySet());
                }
            }

            assertThat(cache.keys("*")).containsExactlyInAnyOrderElementsOf(values.keySet());
            assertThat(cache.invalidateTag("x")).isEqualTo(ENTRIES);
            assertThat(cache.getAll(values.keySet())).isEmpty();
            assertThat(leftOf("tagged")).isEmpty();
        }
    }

    @Test
    void walksDoNotCareForSlotsOfOthers() throws Exception {
        try (Larder larder = open()) {
            Cache<String, String> texts = Caches.texts(larder);
            texts.putAll(Map.of("a", "1", "b", "2", "c", "3"));
            int other = IntStream.range(0, RedisCluster.SLOTS)
                    .filter(slot -> KeyLayout.bucketSlots().noneMatch(ours -> ours == slot))
                    .findFirst()
                    .orElseThrow();

            try (SlotMove move = cluster.startMove(other)) {
                assertThat(texts.keys("*")).containsExactlyInAnyOrder("a", "b", "c");
                assertThat(texts.removeMatching("[ab]")).isEqualTo(2);
                assertThat(move.moveKeys(1)).isZero();
                texts.clear();
            }

            assertThat(texts.keys("*")).isEmpty();
        }
    }

    private static List<String> leftOf(String name) {
        return cluster.leaders().stream()
                .flatMap(leader -> leader.command("KEYS", "larder::" + name + ":*").texts().stream())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aLeaderThatIsKilledIsReplacedWithoutAnybodysHelp(int waitReplicas) throws Exception {
        try (Larder larder = open("&wait-replicas=" + waitReplicas)) {
            Cache<String, String> texts = Caches.texts(larder);
            try (Traffic traffic = Traffic.start(texts, Caches.numbers(larder), THREADS)) {
                Await.until("there is something to lose", WAIT_MAX, () -> traffic.writes() > WRITES_BEFORE);

                RedisServer old = cluster.killLeader(slot(0));
                cluster.awaitFailover(old);
                Await.until("every thread writes again", WAIT_MAX, traffic::hasRecovered);
                Await.until(
                        "walks go on", WAIT_MAX, () -> texts.keys("register-*").count() == THREADS);

                Findings findings = traffic.stop();
                assertThat(findings.wrongs()).as(findings.toString()).isZero();
            }
        }
    }
}
