package io.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.BackendException;
import io.larder.Cache;
import io.larder.EntryOptions;
import io.larder.Larder;
import io.larder.testkit.servers.Await;
import io.larder.testkit.servers.RedisServer;
import io.larder.testkit.trials.Caches;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections that break, and servers that go and come back: calls go on, nothing is done twice. */
class LostConnectionFaultTest {

    private static final Duration WAIT_MAX = Duration.ofSeconds(20);
    private static final String PATIENTLY = "?timeout=10s";
    private static final int THREADS = 8;
    private static final int KILLS = 10;

    private final RedisServer server = RedisServer.start();
    private Larder larder;
    private Cache<String, String> cache;

    @BeforeEach
    void open() {
        larder = Larder.open(Urls.of(server) + PATIENTLY);
        cache = Caches.texts(larder);
    }

    @AfterEach
    void close() {
        larder.close();
        server.close();
    }

    private void awaitWrites() {
        Await.until("writes work again", WAIT_MAX, () -> {
            cache.put("back", "1");
            return "1".equals(cache.get("back"));
        });
    }

    /** What one thread was told about its additions: the sums, and how many failed. */
    private record Told(List<Long> sums, int failures) {}

    private Told addUntil(AtomicBoolean isOver, Cache<String, Long> numbers) {
        List<Long> sums = new ArrayList<>();
        int failures = 0;
        while (!isOver.get()) {
            try {
                sums.add(numbers.counters().add("n", 1));
            } catch (BackendException lost) {
                assertThat(lost).hasMessageContaining(server.address());
                assertThat(lost.isTransient()).as(lost.getMessage()).isTrue();
                failures++;
            }
        }
        return new Told(sums, failures);
    }

    @Test
    void nothingIsCountedTwiceWhenConnectionsAreKilled() throws Exception {
        Cache<String, Long> numbers = Caches.numbers(larder);
        AtomicBoolean isOver = new AtomicBoolean();
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        List<Future<Told>> adding = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Callable<Told> additions = () -> addUntil(isOver, numbers);
            adding.add(pool.submit(additions));
        }

        for (int i = 0; i < KILLS; i++) {
            long before = numbers.counters().add("kills", 1);
            Await.until(
                    "a connection is there to be killed",
                    WAIT_MAX,
                    () -> server.command("CLIENT", "KILL", "TYPE", "normal").number() > 0);
            Await.until("additions go on", WAIT_MAX, () -> numbers.counters().add("kills", 1) > before);
        }
        isOver.set(true);

        List<Long> sums = new ArrayList<>();
        int failures = 0;
        for (Future<Told> each : adding) {
            Told told = each.get(WAIT_MAX.toSeconds(), TimeUnit.SECONDS);
            sums.addAll(told.sums());
            failures += told.failures();
        }
        pool.shutdownNow();
        assertThat(sums).doesNotHaveDuplicates();
        assertThat(numbers.get("n")).isBetween((long) sums.size(), (long) sums.size() + failures);
    }

    @Test
    void aPauseLongerThanTheTimeoutFailsCallsAndIsForgotten() {
        try (Larder hasty = Larder.open(Urls.of(server) + "?timeout=200ms")) {
            Cache<String, String> texts = Caches.texts(hasty);
            texts.put("a", "1");

            server.command("CLIENT", "PAUSE", "2000", "ALL");

            assertThatThrownBy(() -> texts.put("a", "2"))
                    .isInstanceOf(BackendException.class)
                    .hasMessageContaining("did not answer within 200ms");
            assertThat(texts.get("a")).isNull();
            assertThat(texts.get("a", key -> "loaded")).isEqualTo("loaded");

            Await.until("writes work again", WAIT_MAX, () -> {
                texts.put("a", "3");
                return "3".equals(texts.get("a"));
            });
        }
    }

    @Test
    void aServerThatIsNotThereAtTheStartIsUsedWhenItComes() {
        server.stop();
        try (Larder early = Larder.open(Urls.of(server) + PATIENTLY)) {
            Cache<String, String> texts = Caches.texts(early);
            assertThat(texts.get("a")).isNull();
            assertThat(texts.get("a", key -> "loaded")).isEqualTo("loaded");
            assertThatThrownBy(() -> texts.put("a", "1"))
                    .isInstanceOfSatisfying(
                            BackendException.class,
                            failure -> assertThat(failure.isTransient()).isTrue())
                    .hasMessageContaining(server.address())
                    .hasMessageContaining("refused the connection: nothing listens there");

            server.restart();

            Await.until("it is used", WAIT_MAX, () -> {
                texts.put("a", "1");
                return "1".equals(texts.get("a"));
            });
        }
    }

    @Test
    void callsAreAnsweredWhileTheServerIsDownAndItIsUsedAgainWhenItIsBack() {
        cache.put("a", "1");

        server.kill();

        assertThat(cache.get("a")).isNull();
        assertThat(cache.getAll(List.of("a"))).isEmpty();
        assertThat(cache.get("a", key -> "loaded")).isEqualTo("loaded");
        assertThat(cache.async().get("a").join()).isNull();
        assertThatThrownBy(() -> cache.remove("a")).isInstanceOf(BackendException.class);
        Await.until("a failure says why", WAIT_MAX, () -> {
            try {
                cache.put("a", "2");
                return false;
            } catch (BackendException failure) {
                return failure.isTransient() && failure.getMessage().contains("refused the connection");
            }
        });

        server.restart();
        awaitWrites();

        assertThat(cache.get("a")).isNull();
        assertThat(cache.get("a", key -> "loaded again")).isEqualTo("loaded again");
        assertThat(cache.get("a")).isEqualTo("loaded again");
    }

    @Test
    void aReadThatIsToThrowDoesSoWhileTheServerIsDown() {
        try (Larder strict = Larder.open(Urls.of(server) + PATIENTLY + "&on-error=throw")) {
            Cache<String, String> texts = Caches.texts(strict);
            texts.put("a", "1");

            server.kill();

            assertThatThrownBy(() -> texts.get("a")).isInstanceOf(BackendException.class);
            assertThatThrownBy(() -> texts.getAll(List.of("a"))).isInstanceOf(BackendException.class);
            assertThatThrownBy(() -> texts.async().get("a").join()).hasCauseInstanceOf(BackendException.class);

            server.restart();
            Await.until("reads work again", WAIT_MAX, () -> texts.get("a") == null);
        }
    }

    @Test
    void scriptsAndEntriesThatSomebodyElseFlushesAreNoFailure() throws Exception {
        try (Larder strict = Larder.open(Urls.of(server) + PATIENTLY + "&on-error=throw")) {
            Cache<String, String> texts = Caches.texts(strict);
            Cache<String, Long> numbers = Caches.numbers(strict);
            AtomicBoolean isOver = new AtomicBoolean();
            ExecutorService pool = Executors.newFixedThreadPool(THREADS);
            List<Future<?>> using = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                String key = "k" + i;
                using.add(pool.submit(() -> {
                    while (!isOver.get()) {
                        texts.put(key, key, EntryOptions.tagged("x"));
                        assertThat(texts.get(key)).isIn(key, null);
                        assertThat(texts.get(key, missing -> key)).isEqualTo(key);
                        assertThat(numbers.counters().add(key, 1)).isPositive();
                        assertThat(texts.invalidateTag("x")).isNotNegative();
                        texts.remove(key);
                    }
                    return null;
                }));
            }

            for (int i = 0; i < KILLS; i++) {
                server.command("SCRIPT", "FLUSH");
                long before = calls();
                Await.until("calls go on", WAIT_MAX, () -> calls() > before + 100);
                server.command("FLUSHALL");
                Await.until("calls go on", WAIT_MAX, () -> calls() > before + 200);
            }
            isOver.set(true);

            for (Future<?> each : using) {
                each.get(WAIT_MAX.toSeconds(), TimeUnit.SECONDS);
            }
            pool.shutdownNow();
        }
    }

    private long calls() {
        return Long.parseLong(server.info("total_commands_processed"));
    }
}
