package io.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.BackendException;
import io.larder.Cache;
import io.larder.CacheEvent;
import io.larder.ConfigException;
import io.larder.EntryOptions;
import io.larder.Health;
import io.larder.Larder;
import io.larder.codec.StringCodec;
import io.larder.spi.Backend;
import io.larder.spi.BackendContext;
import io.larder.spi.BackendProvider;
import io.larder.spi.Backends;
import io.larder.testkit.servers.Await;
import io.larder.url.CacheUrl;
import io.larder.url.ParameterSet;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A spare is used while the first backend is not asked, and leaves nothing behind that is out of date. */
@ParameterizedClass
@EnumSource
@Timeout(60)
class FallbackTest {

    private static final Duration WAIT_MAX = Duration.ofSeconds(20);

    @Parameter
    View view = View.SYNC;

    @TempDir
    private Path folder;

    private final FakeClock clock = new FakeClock();
    private final List<CacheEvent> events = new CopyOnWriteArrayList<>();
    private final List<StalledBackend<String, byte[]>> stalled = new ArrayList<>();
    private final List<FlakyBackend<String, byte[]>> flaky = new ArrayList<>();
    /** Entries that outlive a Larder, as a server's do. */
    private final ReferenceProvider server = ReferenceProvider.shared(this::unreliable);

    private final BackendProvider provider = new BackendProvider() {
        @Override
        public Set<String> schemes() {
            return Set.of("reference");
        }

        @Override
        public ParameterSet parameters() {
            return ParameterSet.NONE;
        }

        @Override
        public Backends open(CacheUrl url, BackendContext context) {
            return (url.hosts().equals("spare") ? ReferenceProvider.ofBytes() : server).open(url, context);
        }
    };
    private Larder larder;
    private Cache<String, String> cache;
    /** From this cache to the server. */
    private FlakyBackend<String, byte[]> way;

    private StalledBackend<String, byte[]> slow;

    private Backend<String, byte[]> unreliable(Backend<String, byte[]> below) {
        stalled.add(new StalledBackend<>(below));
        flaky.add(new FlakyBackend<>(stalled.get(stalled.size() - 1)));
        return flaky.get(flaky.size() - 1);
    }

    private String url() {
        return "reference://first?breaker=2&breaker-pause=5s&timeout=10s&fallback=reference://spare&ledger=" + folder;
    }

    private Larder openLarder(String url) {
        return Larder.builder(url)
                .provider(provider)
                .clock(clock)
                .listener(events::add)
                .build();
    }

    @BeforeEach
    void open() {
        larder = openLarder(url());
        cache = view.cache(texts(larder));
        way = flaky.get(flaky.size() - 1);
        slow = stalled.get(stalled.size() - 1);
    }

    @AfterEach
    void close() {
        larder.close();
    }

    private static Cache<String, String> texts(Larder larder) {
        return larder.cache("texts", String.class, String.class)
                .codec(new StringCodec())
                .build();
    }

    /** Returns the entries of the server, as another program sees them. */
    private @Nullable String onServer(String key) {
        try (Larder other =
                Larder.builder("reference:").provider(server).clock(clock).build()) {
            return texts(other).get(key);
        }
    }

    /** Cuts the way to the server, and lets the breaker notice. */
    private void goDown() {
        way.down();
        cache.get("?");
        cache.get("?");
    }

    private void comeBack() {
        way.up();
        cache.ping();
    }

    private String use() {
        return cache.stats().backend().details().get("fallback");
    }

    private void awaitFirst() {
        Await.until("the first backend is used again", WAIT_MAX, () -> use().equals("ready"));
    }

    @Test
    void theSpareIsUsedWhileTheBreakerIsOpenAndLeftBehind() {
        cache.put("a", "1");
        assertThat(use()).isEqualTo("ready");
        goDown();

        assertThat(use()).isEqualTo("in use");
        assertThat(larder.health().status()).isEqualTo(Health.Status.DEGRADED);
        assertThat(cache.get("a")).isNull();
        assertThat(cache.get("b", key -> "2")).isEqualTo("2");
        assertThat(cache.get("b")).isEqualTo("2");
        cache.put("c", "3");
        assertThat(cache.get("c")).isEqualTo("3");
        assertThat(cache.putIfAbsent("c", "4")).isFalse();
        assertThat(cache.keys("*")).containsExactlyInAnyOrder("b", "c");

        comeBack();
        assertThat(use()).isEqualTo("ready");
        assertThat(larder.health().status()).isEqualTo(Health.Status.UP);
        assertThat(cache.getAll(List.of("a", "b", "c"))).isEqualTo(Map.of("a", "1"));
        goDown();
        assertThat(cache.getAll(List.of("a", "b", "c"))).isEmpty();
    }

    private Map<String, Runnable> changes() {
        Map<String, Runnable> changes = new LinkedHashMap<>();
        changes.put("put", () -> cache.put("a", "2"));
        changes.put("putAll", () -> cache.putAll(Map.of("a", "2")));
        changes.put("putIfAbsent", () -> cache.putIfAbsent("a", "2"));
        changes.put("replace", () -> cache.replace("a", "2"));
        changes.put("remove", () -> cache.remove("a"));
        changes.put("removeAll", () -> cache.removeAll(List.of("a")));
        changes.put("expire", () -> cache.expire("a", Duration.ZERO));
        changes.put("invalidateTag", () -> cache.invalidateTag("x"));
        changes.put("removeMatching", () -> cache.removeMatching("a*"));
        changes.put("clear", cache::clear);
        return changes;
    }

    @Test
    void whatChangedMeanwhileIsRemovedFromTheFirstBackend() {
        changes().forEach((what, change) -> {
            cache.put("a", "1", EntryOptions.tagged("x"));
            cache.put("b", "1");
            goDown();

            change.run();
            assertThat(onServer("a"))
                    .as("the server's, before it is told of %s", what)
                    .isEqualTo("1");
            comeBack();

            assertThat(cache.get("a")).as("entry after %s", what).isNull();
            assertThat(onServer("a")).as("the server's, after %s", what).isNull();
            assertThat(cache.get("b")).as("another, after %s", what).isEqualTo(what.equals("clear") ? null : "1");
        });
    }

    @Test
    void theFirstBackendIsNotReadBeforeItWasTold() {
        cache.put("a", "1");
        goDown();
        cache.remove("a");
        slow.stall(method -> method.equals("removeAll"));
        way.up();

        CompletableFuture<Void> back = CompletableFuture.runAsync(cache::ping);
        Await.until(
                "the breaker is closed",
                WAIT_MAX,
                () -> events.stream().anyMatch(event -> event instanceof CacheEvent.BreakerClosed));
        assertThat(cache.get("a")).isNull();
        cache.put("b", "2");
        assertThat(cache.get("b")).isEqualTo("2");

        slow.release();
        back.join();
        awaitFirst();
        assertThat(cache.getAll(List.of("a", "b"))).isEmpty();
    }

    @Test
    void itIsFoundOutWithoutAnybodysPing() {
        cache.put("a", "1");
        goDown();
        cache.remove("a");
        way.up();

        clock.advance(Duration.ofSeconds(5));
        Await.until("it is used again", WAIT_MAX, () -> {
            cache.get("?");
            return use().equals("ready");
        });

        assertThat(cache.get("a")).isNull();
    }

    @Test
    void aRecoveryThatFailsIsTriedAgainAndLosesNothing() {
        cache.put("a", "1", EntryOptions.tagged("x"));
        goDown();
        cache.invalidateTag("x");
        way.failBefore(method -> method.equals("invalidateTag"));

        cache.ping();

        assertThat(use()).isEqualTo("in use");
        assertThat(events)
                .anySatisfy(event -> assertThat(event)
                        .isInstanceOfSatisfying(
                                CacheEvent.RecoveryFailed.class,
                                failed -> assertThat(failed.cause()).hasMessageContaining("Flaky backend")));
        assertThat(cache.get("a")).isNull();
        comeBack();
        assertThat(use()).isEqualTo("ready");
        assertThat(onServer("a")).isNull();
    }

    @Test
    void whatADeadProcessLeftIsToldByTheNext() {
        cache.put("a", "1");
        cache.put("b", "1");
        goDown();
        cache.remove("a");
        larder.close();
        assertThat(onServer("a")).isEqualTo("1");

        open();

        assertThat(cache.get("a")).isNull();
        awaitFirst();
        assertThat(onServer("a")).isNull();
        assertThat(cache.get("b")).isEqualTo("1");
    }

    @Test
    void aLoadThatBeganOnTheFirstIsNotStoredOnTheSpare() {
        HeldLoad load = new HeldLoad("1");
        CompletableFuture<@Nullable String> answer = CompletableFuture.supplyAsync(() -> cache.get("a", load));
        load.awaitBegin();
        goDown();
        cache.remove("a");

        load.goOn();

        assertThat(answer.join()).isEqualTo("1");
        assertThat(cache.get("a")).isNull();
        comeBack();
        assertThat(cache.get("a")).isNull();
    }

    @Test
    void aLoadThatBeganOnTheFirstIsNotStoredOverAnOutage() {
        HeldLoad load = new HeldLoad("1");
        CompletableFuture<@Nullable String> answer = CompletableFuture.supplyAsync(() -> cache.get("a", load));
        load.awaitBegin();
        goDown();
        cache.remove("a");
        comeBack();

        load.goOn();

        assertThat(answer.join()).isEqualTo("1");
        assertThat(cache.get("a")).isNull();
    }

    @Test
    void aLoadThatBeganOnTheSpareIsStoredNowhereElse() {
        goDown();
        HeldLoad load = new HeldLoad("1");
        CompletableFuture<@Nullable String> answer = CompletableFuture.supplyAsync(() -> cache.get("a", load));
        load.awaitBegin();
        comeBack();
        cache.remove("a");

        load.goOn();

        assertThat(answer.join()).isEqualTo("1");
        assertThat(cache.get("a")).isNull();
        goDown();
        assertThat(cache.get("a")).isNull();
    }

    @Test
    void aRemovalThatEndsOnTheFirstEndsALoadOnTheSpareToo() throws Exception {
        CountDownLatch removing = new CountDownLatch(1);
        slow.stall(method -> method.equals("remove"));
        way.failBefore(method -> {
            if (method.equals("remove")) {
                removing.countDown();
            }
            return method.startsWith("get");
        });
        CompletableFuture<Boolean> removal = CompletableFuture.supplyAsync(() -> cache.remove("a"));
        removing.await();
        cache.get("?");
        cache.get("?");
        assertThat(cache.get("a", key -> "1")).isEqualTo("1");
        assertThat(cache.get("a")).isEqualTo("1");

        slow.release();
        removal.join();

        assertThat(cache.get("a")).isNull();
    }

    @Test
    void countersAreRefusedWhileTheSpareIsUsed() {
        Cache<String, Long> numbers = view.cache(larder.cache("numbers", String.class, Long.class)
                .codec(Values.BYTES.numbers())
                .build());
        numbers.counters().increment("a");
        flaky.forEach(FlakyBackend::down);
        numbers.get("?");
        numbers.get("?");

        assertThatThrownBy(() -> numbers.counters().increment("a"))
                .isInstanceOf(BackendException.class)
                .hasMessageContaining("its spare does not count");

        flaky.forEach(FlakyBackend::up);
        numbers.ping();
        assertThat(numbers.counters().increment("a")).isEqualTo(2);
    }

    @Test
    void whatCannotWorkIsRefused() {
        Larder twoServers = openLarder("reference://first?fallback=reference://first&ledger=" + folder);
        assertThatThrownBy(() -> texts(twoServers))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("'fallback' must name a backend in this process, such as 'memory:'");
        assertThatThrownBy(() -> openLarder("reference://first?breaker=0&fallback=none:"))
                .hasMessage("'fallback' needs a breaker, but 'breaker' is 0. Leave one of them out");
        assertThatThrownBy(() -> openLarder("reference://first?ledger=/tmp"))
                .hasMessage(
                        "'ledger' says where to note what a spare was told, but there is no 'fallback'. Leave it out");
        assertThatThrownBy(() -> openLarder("reference://first?fallback=none:?max=5"))
                .hasMessageStartingWith("Unknown parameter 'max' in 'none:?max=5'");
        try (Larder none = Larder.open("none:?fallback=none:")) {
            assertThatThrownBy(() -> texts(none))
                    .hasMessage("'none:?fallback=none:' is in this process and does not fail. Leave 'fallback' out");
        }
    }
}
