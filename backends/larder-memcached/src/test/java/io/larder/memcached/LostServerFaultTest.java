package io.larder.memcached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.BackendException;
import io.larder.Cache;
import io.larder.EntryOptions;
import io.larder.Larder;
import io.larder.testkit.servers.Await;
import io.larder.testkit.servers.FaultyWire;
import io.larder.testkit.servers.MemcachedServer;
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
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Servers that go, come back or are flushed, and connections that break: calls go on, nothing old is shown, nothing is done twice. */
class LostServerFaultTest {

    private static final Duration WAIT_MAX = Duration.ofSeconds(20);
    private static final String PATIENTLY = "?timeout=10s&reconnect-max=20ms";
    private static final int THREADS = 8;
    private static final int FAULTS = 10;

    private final MemcachedServer server = MemcachedServer.start(Urls.SMALL);
    private final AtomicBoolean isOver = new AtomicBoolean();
    private final AtomicLong rounds = new AtomicLong();
    private final ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    private Larder larder;
    private Cache<String, String> cache;

    @BeforeEach
    void open() {
        larder = Larder.open(Urls.of(server) + PATIENTLY);
        cache = Caches.texts(larder);
    }

    @AfterEach
    void close() {
        pool.shutdownNow();
        larder.close();
        server.close();
    }

    /** Starts threads that repeat a task until {@link #isOver}. */
    private List<Future<Void>> repeat(Callable<?> task) {
        List<Future<Void>> running = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            running.add(pool.submit(() -> {
                while (!isOver.get()) {
                    task.call();
                    rounds.incrementAndGet();
                }
                return null;
            }));
        }
        return running;
    }

    private void faults(Runnable fault) {
        for (int i = 0; i < FAULTS; i++) {
            long before = rounds.get();
            Await.until("calls go on", WAIT_MAX, () -> rounds.get() > before + THREADS);
            fault.run();
        }
    }

    private void end(List<Future<Void>> running) throws Exception {
        isOver.set(true);
        for (Future<Void> each : running) {
            each.get(WAIT_MAX.toSeconds(), TimeUnit.SECONDS);
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
        cache.put("a", "1", EntryOptions.tagged("x"));

        server.kill();

        assertThat(cache.get("a")).isNull();
        assertThat(cache.getAll(List.of("a"))).isEmpty();
        assertThat(cache.get("a", key -> "loaded")).isEqualTo("loaded");
        assertThat(cache.async().get("a").join()).isNull();
        assertThatThrownBy(() -> cache.remove("a")).isInstanceOf(BackendException.class);
        assertThatThrownBy(() -> cache.invalidateTag("x")).isInstanceOf(BackendException.class);

        server.restart();

        Await.until("writes work again", WAIT_MAX, () -> {
            cache.put("b", "1", EntryOptions.tagged("x"));
            return "1".equals(cache.get("b"));
        });
        assertThat(cache.get("a")).isNull();
        assertThat(cache.get("a", key -> "loaded again")).isEqualTo("loaded again");
        assertThat(cache.invalidateTag("x")).isEqualTo(1);
    }

    @Test
    void nothingIsCountedTwiceWhenConnectionsAreCut() throws Exception {
        try (FaultyWire wire = FaultyWire.to(server);
                Larder cut = Larder.open("memcached://" + wire.address() + PATIENTLY)) {
            Cache<String, Long> numbers = Caches.numbers(cut);
            List<Long> sums = new ArrayList<>();
            AtomicLong failures = new AtomicLong();

            List<Future<Void>> running = repeat(() -> {
                try {
                    long sum = numbers.counters().add("n", 1);
                    synchronized (sums) {
                        return sums.add(sum);
                    }
                } catch (BackendException lost) {
                    assertThat(lost.isTransient()).as(lost.getMessage()).isTrue();
                    return failures.incrementAndGet();
                }
            });
            faults(wire::cut);
            end(running);

            assertThat(sums).doesNotHaveDuplicates();
            Await.until(
                    "the connection is back", WAIT_MAX, () -> numbers.counters().add("other", 1) > 0);
            assertThat(numbers.get("n")).isBetween((long) sums.size(), sums.size() + failures.get());
        }
    }

    @Test
    void whatSomebodyElseFlushesIsAMissAndTagsGoOn() {
        cache.put("a", "old", EntryOptions.tagged("x"));
        cache.put("b", "old");
        String loaded = cache.get("c", key -> {
            server.ask("flush_all");
            return "loaded before";
        });

        assertThat(loaded).isEqualTo("loaded before");
        assertThat(cache.getAll(List.of("a", "b", "c"))).isEmpty();
        assertThat(cache.entriesByTag("x")).isEmpty();
        assertThat(cache.keys("*")).isEmpty();
        assertThat(cache.invalidateTag("x")).isZero();

        cache.put("a", "new", EntryOptions.tagged("x"));
        assertThat(cache.get("a")).isEqualTo("new");
        assertThat(cache.entriesByTag("x")).hasSize(1);
        assertThat(cache.invalidateTag("x")).isEqualTo(1);
        assertThat(cache.get("a")).isNull();
    }

    @Test
    void callsGoOnWhileSomebodyElseFlushes() throws Exception {
        try (Larder strict = Larder.open(Urls.of(server) + PATIENTLY + "&on-error=throw")) {
            Cache<String, String> texts = Caches.texts(strict);
            Cache<String, Long> numbers = Caches.numbers(strict);
            List<Future<Void>> running = repeat(() -> {
                String key = Thread.currentThread().getName();
                texts.put(key, key, EntryOptions.tagged("x"));
                assertThat(texts.get(key)).isIn(key, null);
                assertThat(texts.get(key, missing -> key)).isEqualTo(key);
                assertThat(numbers.counters().add(key, 1)).isPositive();
                assertThat(texts.invalidateTag("x")).isNotNegative();
                return texts.remove(key);
            });

            faults(() -> server.ask("flush_all"));
            end(running);

            assertThat(texts.keys("*")).isEmpty();
        }
    }
}
