package io.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.Cache;
import io.larder.Larder;
import io.larder.testkit.servers.Await;
import io.larder.testkit.servers.RedisReplicas;
import io.larder.testkit.servers.RedisServer;
import io.larder.testkit.trials.Caches;
import io.larder.testkit.trials.EveryCall;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Reading from replicas: none is ever written to, one's own writes are seen, one that is gone is passed by. */
class ReplicaReadsFaultTest {

    private static final Duration WAIT_MAX = Duration.ofSeconds(20);
    private static final String FROM_REPLICAS = "?read=replica&on-error=throw&timeout=10s";
    private static final int KEYS = 20;
    private static final int ROUNDS = 4;

    private final RedisReplicas replicas = RedisReplicas.start();

    @AfterEach
    void stop() {
        replicas.close();
    }

    private static long callsOf(RedisServer server, String command) {
        String stats = server.info("cmdstat_" + command);
        return stats == null ? 0 : Long.parseLong(stats.replaceAll("calls=(\\d+),.*", "$1"));
    }

    private void awaitReadsFromBoth(Cache<String, ?> cache) {
        Await.until("each replica is read from", WAIT_MAX, () -> {
            for (int i = 0; i < KEYS; i++) {
                cache.get("k" + i);
            }
            return replicas.replicas().stream().allMatch(replica -> callsOf(replica, "get") > 0);
        });
    }

    @Test
    void noWriteReachesAReplica() throws Exception {
        try (Larder larder = Larder.open(Urls.of(replicas) + FROM_REPLICAS)) {
            Cache<String, Long> cache = Caches.numbers(larder);
            awaitReadsFromBoth(cache);
            EveryCall every = new EveryCall(cache);

            for (int i = 0; i < ROUNDS; i++) {
                assertThat(every.reads().values()).hasOnlyElementsOfType(String.class);
                assertThat(every.others().values()).hasOnlyElementsOfType(String.class);
            }

            assertThat(replicas.replicas()).allSatisfy(replica -> {
                assertThat(callsOf(replica, "evalsha") + callsOf(replica, "eval"))
                        .isZero();
                assertThat(replica.info("errorstat_READONLY")).isNull();
            });
        }
    }

    @Test
    void aProgramSeesItsOwnWritesThoughTheReplicasLag() {
        try (Larder writing = Larder.open(Urls.of(replicas) + FROM_REPLICAS);
                Larder reading = Larder.open(Urls.of(replicas) + FROM_REPLICAS);
                Larder careless = Larder.open(Urls.of(replicas) + FROM_REPLICAS + "&read-your-writes=false")) {
            Cache<String, String> writer = Caches.texts(writing);
            Cache<String, String> reader = Caches.texts(reading);
            Cache<String, String> unaware = Caches.texts(careless);
            awaitReadsFromBoth(reader);
            awaitReadsFromBoth(unaware);
            writer.put("a", "old");
            replicas.awaitReplicas();

            // As far behind as can be: they do not listen any more.
            replicas.replicas().forEach(replica -> replica.command("REPLICAOF", "NO", "ONE"));
            writer.put("a", "new");

            assertThat(writer.get("a")).isEqualTo("new");
            assertThat(writer.getAll(List.of("a"))).containsEntry("a", "new");
            assertThat(reader.get("a")).isEqualTo("old");
            unaware.put("a", "newest");
            assertThat(unaware.get("a")).isEqualTo("old");
            assertThat(reader.get("a", key -> "loaded")).isEqualTo("newest");
        }
    }

    @Test
    void readsGoOnWhileReplicasDieAndTheLeaderIsTheLast() {
        try (Larder larder = Larder.open(Urls.of(replicas) + "?read=replica")) {
            Cache<String, String> cache = Caches.texts(larder);
            awaitReadsFromBoth(cache);
            cache.put("k1", "1");
            replicas.awaitReplicas();

            replicas.replicas().forEach(RedisServer::kill);

            Await.until("the leader answers", WAIT_MAX, () -> "1".equals(cache.get("k1")));
            cache.put("k1", "2");
            assertThat(cache.get("k1")).isEqualTo("2");

            replicas.replicas().forEach(RedisServer::restart);
            replicas.awaitReplicas();
            awaitReadsFromBoth(cache);
            assertThat(cache.get("k1")).isEqualTo("2");
        }
    }
}
