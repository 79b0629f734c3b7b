package io.larder.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.Cache;
import io.larder.CacheEvent;
import io.larder.EntryOptions;
import io.larder.Larder;
import io.larder.testkit.CacheContract;
import io.larder.testkit.servers.Await;
import io.larder.testkit.servers.RedisCluster;
import io.larder.testkit.servers.RedisOptions;
import io.larder.testkit.servers.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Caches on memory in front of Redis; here, because a backend knows no other. */
@Timeout(120)
class TiersOnRedisTest {

    private static final Duration WAIT_MAX = Duration.ofSeconds(30);

    @AutoClose
    private static RedisServer server;

    @BeforeAll
    static void start() {
        server = RedisServer.start();
    }

    /** Every promise within one program; what another one changes is told a moment later, which the contract does not wait for. */
    @Nested
    class Alone extends CacheContract {

        /** A skew of an hour, because the contract's clock stands still while the server's goes on. */
        @Override
        protected String url() {
            return "memory:?max=10k | redis://" + server.address() + "?clock-skew=1h&timeout=10s&lease=60s";
        }

        @Override
        protected int historyCalls() {
            return 5_000;
        }

        @Override
        protected int matrixTries() {
            return 7;
        }

        @AfterEach
        void leaveNothing() {
            server.command("FLUSHALL");
        }
    }

    /** Two programs with a near tier each. */
    private abstract static class Two {

        private Larder one;
        private Larder other;
        Cache<String, Long> cache;
        private Cache<String, Long> elsewhere;

        abstract String redis();

        abstract void disturb();

        @BeforeEach
        void open() {
            one = Larder.open("memory:?max=1k | " + redis());
            other = Larder.open("memory:?max=1k | " + redis());
            cache = one.cache("numbers", String.class, Long.class).build();
            elsewhere = other.cache("numbers", String.class, Long.class).build();
        }

        @AfterEach
        void close() {
            one.close();
            other.close();
        }

        /** Waits until both have a copy of what is at the key. */
        final void share(String key, long value) {
            await("the write succeeds", () -> {
                cache.put(key, value, EntryOptions.tagged("tag"));
                return true;
            });
            for (Cache<String, Long> each : List.of(cache, elsewhere)) {
                await("there is a copy", () -> Long.valueOf(value).equals(each.get(key)) && hasCopies(each));
            }
        }

        private static boolean hasCopies(Cache<?, ?> cache) {
            return !cache.stats()
                    .backend()
                    .details()
                    .getOrDefault("tier 1 entries", "0")
                    .equals("0");
        }

        private void expectGone(Runnable change) {
            share("a", 1);
            change.run();
            await("the other sees it", () -> elsewhere.get("a") == null);
        }

        @Test
        void changesOfOneAreSeenByTheOther() {
            share("a", 1);
            cache.put("a", 2L);
            await("the other sees it", () -> Long.valueOf(2).equals(elsewhere.get("a")));
            cache.counters().add("a", 3);
            await("the other sees it", () -> Long.valueOf(5).equals(elsewhere.get("a")));

            expectGone(() -> cache.remove("a"));
            expectGone(() -> cache.removeAll(List.of("a", "b")));
            expectGone(() -> cache.invalidateTag("tag"));
            expectGone(() -> cache.removeMatching("a*"));
            expectGone(() -> cache.clear());
            expectGone(() -> cache.expire("a", Duration.ofMillis(1)));
        }

        @Test
        void whatIsReadNeverGoesBackWhileConnectionsBreakAndSlotsMove() throws Exception {
            share("a", 0);
            AtomicBoolean isOver = new AtomicBoolean();
            CompletableFuture<Long> reading = CompletableFuture.supplyAsync(() -> {
                long newest = 0;
                while (!isOver.get()) {
                    Long read = elsewhere.get("a");
                    assertThat(read == null ? newest : read).isGreaterThanOrEqualTo(newest);
                    newest = read == null ? newest : read;
                }
                return newest;
            });

            long written = 0;
            for (int time = 0; time < 3; time++) {
                for (int i = 0; i < 100; i++) {
                    long next = ++written;
                    await("the write succeeds", () -> {
                        cache.put("a", next);
                        return true;
                    });
                }
                long last = written;
                await("the other sees it", () -> Long.valueOf(last).equals(elsewhere.get("a")));
                disturb();
            }
            isOver.set(true);

            assertThat(reading.get()).isLessThanOrEqualTo(written);
            share("a", written);
        }
    }

    private static void await(String what, Callable<Boolean> condition) {
        Await.until(what, WAIT_MAX, condition);
    }

    @Nested
    class TwoOnOneServer extends Two {

        @Override
        String redis() {
            return "redis://" + server.address();
        }

        @Override
        void disturb() {
            server.command("CLIENT", "KILL", "TYPE", "normal");
        }

        @Test
        void copiesAreReadWithoutTheServer() {
            share("a", 1);
            long before = gets();

            for (int i = 0; i < 1_000; i++) {
                assertThat(cache.get("a")).isEqualTo(1);
            }

            assertThat(gets() - before).isLessThan(100);
            assertThat(cache.stats().backend().details()).containsEntry("coherence", "tracking, within 1s");
        }

        private long gets() {
            return Long.parseLong(server.info("cmdstat_get").replaceFirst("calls=(\\d+),.*", "$1"));
        }
    }

    @Nested
    class TwoByTheBus extends Two {

        @Override
        String redis() {
            return "redis://" + server.address() + "?coherence=bus";
        }

        @Override
        void disturb() {
            server.command("CLIENT", "KILL", "TYPE", "normal");
        }
    }

    @Nested
    class TwoOnACluster extends Two {

        @AutoClose
        private static RedisCluster cluster;

        @BeforeAll
        static void startCluster() {
            cluster = RedisCluster.start();
        }

        @Override
        String redis() {
            return "redis+cluster://"
                    + cluster.nodes().stream().map(RedisServer::address).collect(Collectors.joining(","));
        }

        @Override
        void disturb() {
            String name = cluster.leaders().stream()
                    .flatMap(leader -> leader.command("KEYS", "*:e:a").texts().stream())
                    .findFirst()
                    .orElseThrow();
            cluster.moveSlot(cluster.slotOf(name));
        }
    }

    @Test
    void refusalIsAnEventAndCopiesAreKeptForAShortTime() {
        List<CacheEvent> events = new CopyOnWriteArrayList<>();
        try (RedisServer guarded = RedisServer.start(RedisOptions.plain()
                        .password("of-admin")
                        .user("app", "secret", "~*", "+@all", "-client|tracking"));
                Larder larder = Larder.builder("memory: | redis://app:secret@" + guarded.address())
                        .listener(events::add)
                        .build()) {
            Cache<String, Long> cache =
                    larder.cache("numbers", String.class, Long.class).build();

            await("it is told", () -> !events.isEmpty());

            assertThat(events)
                    .singleElement()
                    .isInstanceOfSatisfying(
                            CacheEvent.WatchRefused.class,
                            refused -> assertThat(refused.cause()).hasMessageContaining("by CLIENT TRACKING"));
            assertThat(cache.stats().backend().details()).containsEntry("coherence", "none, copies at most 1s old");
            cache.put("a", 1L);
            assertThat(cache.get("a")).isEqualTo(1);
        }
    }
}
