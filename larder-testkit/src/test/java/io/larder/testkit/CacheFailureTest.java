package io.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.BackendException;
import io.larder.Cache;
import io.larder.CacheBuilder;
import io.larder.CacheEvent;
import io.larder.EntryOptions;
import io.larder.Larder;
import io.larder.OnError;
import io.larder.codec.StringCodec;
import io.larder.spi.Backend;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a cache does while its backend fails or does not answer. */
@ParameterizedClass
@EnumSource
@Timeout(60)
class CacheFailureTest {

    private static final StringCodec TEXTS = new StringCodec();

    @Parameter
    View view = View.SYNC;

    private final List<CacheEvent> events = new CopyOnWriteArrayList<>();
    private final AtomicReference<FlakyBackend<String, byte[]>> flaky = new AtomicReference<>();
    private final AtomicReference<StalledBackend<String, byte[]>> stalled = new AtomicReference<>();
    private final Larder larder = Larder.builder("reference:")
            .provider(ReferenceProvider.ofBytes(this::unreliable))
            .clock(new FakeClock())
            .listener(events::add)
            .build();

    private Backend<String, byte[]> unreliable(Backend<String, byte[]> below) {
        stalled.set(new StalledBackend<>(below));
        flaky.set(new FlakyBackend<>(stalled.get()));
        return flaky.get();
    }

    @AfterEach
    void close() {
        larder.close();
    }

    private Cache<String, String> cache(UnaryOperator<CacheBuilder<String, String>> setup) {
        return view.cache(
                setup.apply(larder.cache("users", String.class, String.class).codec(TEXTS))
                        .build());
    }

    private Cache<String, String> cache() {
        return cache(builder -> builder);
    }

    private static Map<String, ThrowingCallable> reads(Cache<String, String> cache) {
        Map<String, ThrowingCallable> reads = new LinkedHashMap<>();
        reads.put("get", () -> cache.get("a"));
        reads.put("find", () -> cache.find("a"));
        reads.put("contains", () -> cache.contains("a"));
        reads.put("getAll", () -> cache.getAll(List.of("a")));
        return reads;
    }

    private static Map<String, ThrowingCallable> writesAndListings(Cache<String, String> cache) {
        Map<String, ThrowingCallable> calls = new LinkedHashMap<>();
        calls.put("put", () -> cache.put("a", "1"));
        calls.put("putAll", () -> cache.putAll(Map.of("a", "1")));
        calls.put("putIfAbsent", () -> cache.putIfAbsent("a", "1"));
        calls.put("replace", () -> cache.replace("a", "1"));
        calls.put("remove", () -> cache.remove("a"));
        calls.put("removeAll", () -> cache.removeAll(List.of("a")));
        calls.put("expire", () -> cache.expire("a", Duration.ofDays(1)));
        calls.put("invalidateTag", () -> cache.invalidateTag("x"));
        calls.put("removeMatching", () -> cache.removeMatching("*"));
        calls.put("clear", cache::clear);
        calls.put("entriesByTag", () -> cache.entriesByTag("x").toList());
        calls.put("keys", () -> cache.keys("*").toList());
        calls.put("entries", () -> cache.entries("*").toList());
        calls.put("ping", cache::ping);
        calls.put("stats", cache::stats);
        return calls;
    }

    @Test
    void aFailedReadIsAMissWithAnEvent() {
        Cache<String, String> cache = cache();
        cache.put("a", "1");
        flaky.get().down();

        assertThat(cache.get("a")).isNull();
        assertThat(cache.find("a")).isNull();
        assertThat(cache.contains("a")).isFalse();
        assertThat(cache.getAll(List.of("a", "b"))).isEmpty();

        assertThat(events).hasSize(4).allSatisfy(event -> {
            assertThat(event).isInstanceOf(CacheEvent.ReadFailed.class);
            assertThat(event.cache()).isEqualTo("users");
        });
        assertThat(events.get(0).key()).isEqualTo("a");
        flaky.get().up();
        assertThat(cache.get("a")).isEqualTo("1");
        assertThat(cache.stats().errors()).isEqualTo(4);
    }

    @Test
    void aReadWhoseAnswerIsLostIsAMissToo() {
        Cache<String, String> cache = cache();
        cache.put("a", "1");
        flaky.get().failAfter(method -> method.startsWith("get"));

        assertThat(cache.get("a")).isNull();
        assertThat(cache.getAll(List.of("a"))).isEmpty();
        assertThat(cache.get("a", key -> "loaded")).isEqualTo("loaded");
    }

    @Test
    void onErrorThrowThrows() {
        Cache<String, String> cache = cache(builder -> builder.onError(OnError.THROW));
        flaky.get().down();

        reads(cache)
                .forEach((what, read) -> assertThatThrownBy(read)
                        .as(what)
                        .isInstanceOf(BackendException.class)
                        .hasMessageContaining("Flaky backend"));
        assertThat(events).isEmpty();
    }

    @Test
    void anAsyncFailureArrivesThroughTheFuture() {
        Cache<String, String> cache = cache(builder -> builder.onError(OnError.THROW));
        flaky.get().down();

        assertThat(cache.async().get("a")).isCompletedExceptionally();
        assertThat(cache.async().find("a")).isCompletedExceptionally();
        assertThat(cache.async().put("a", "1")).isCompletedExceptionally();
        assertThat(cache.async().get("a", key -> CompletableFuture.completedFuture("1")))
                .isNotNull();
        assertThat(cache.async().keys("*").next()).isCompletedExceptionally();
    }

    @Test
    void aFailedWriteThrowsAlways() {
        Cache<String, String> cache = cache();
        flaky.get().down();

        writesAndListings(cache)
                .forEach((what, call) -> assertThatThrownBy(call)
                        .as(what)
                        .isInstanceOf(BackendException.class)
                        .hasMessageContaining("Flaky backend")
                        .matches(failure -> ((BackendException) failure).isTransient(), "may pass"));
    }

    @Test
    void aLoadAnswersWhileTheBackendIsDown() {
        Cache<String, String> cache = cache();
        flaky.get().down();

        assertThat(cache.get("a", key -> "loaded")).isEqualTo("loaded");
        assertThat(cache.getAll(List.of("a", "b"), keys -> Map.of("a", "1", "b", "2")))
                .isEqualTo(Map.of("a", "1", "b", "2"));

        flaky.get().up();
        assertThat(cache.contains("a")).isFalse();
        assertThat(cache.get("a", key -> "again")).isEqualTo("again");
        assertThat(cache.get("a")).isEqualTo("again");
    }

    @Test
    void aLoadWhoseStoreFailsIsAnsweredWithAnEvent() {
        Cache<String, String> cache = cache();
        flaky.get().failBefore(method -> method.equals("putLeased"));

        assertThat(cache.get("a", key -> "loaded")).isEqualTo("loaded");

        assertThat(events).hasSize(1).first().isInstanceOf(CacheEvent.StoreFailed.class);
        flaky.get().up();
        assertThat(cache.find("a")).isNull();
        assertThat(cache.get("a", key -> "again")).isIn("again", "loaded");
    }

    @Test
    void callersShareALoadWhileTheBackendIsDown() throws Exception {
        Cache<String, String> cache = cache();
        flaky.get().down();
        AtomicInteger loads = new AtomicInteger();
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        CompletableFuture<String> first = CompletableFuture.supplyAsync(() -> cache.get("a", key -> {
            loading.countDown();
            goOn.await();
            return "loaded " + loads.incrementAndGet();
        }));
        loading.await();
        List<CompletableFuture<String>> others = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            others.add(cache.async()
                    .get("a", key -> CompletableFuture.completedFuture("loaded " + loads.incrementAndGet())));
        }

        assertThat(loads).as("loads beside the first").hasValue(0);
        assertThat(others).noneMatch(CompletableFuture::isDone);
        goOn.countDown();

        assertThat(first.join()).isEqualTo("loaded 1");
        // Those who came after the first load began may not take its value, but load for themselves.
        for (CompletableFuture<String> other : others) {
            assertThat(other.join()).startsWith("loaded ").isNotEqualTo("loaded 1");
        }
    }

    @Test
    void aLoadersErrorIsTheLoadersAlsoWhileTheBackendIsDown() {
        Cache<String, String> cache = cache();
        flaky.get().down();

        assertThatThrownBy(() -> cache.get("a", key -> {
                    throw new IllegalStateException("no database");
                }))
                .hasMessageContaining("no database")
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void noCallOutlastsItsTimeout() {
        Cache<String, String> cache = cache(builder -> builder.timeout(Duration.ofMillis(20)));
        stalled.get().stall();

        writesAndListings(cache)
                .forEach((what, call) -> assertThatThrownBy(call)
                        .as(what)
                        .isInstanceOf(BackendException.class)
                        .hasMessageContaining("reference: did not answer within 20ms")
                        .hasMessageContaining("Raise 'timeout'"));
        assertThat(cache.get("a")).isNull();
        assertThat(events).isNotEmpty();
        assertThat(cache.get("a", key -> "loaded")).isEqualTo("loaded");
        stalled.get().release();
        cache.put("a", "1");
        assertThat(cache.get("a")).isEqualTo("1");
    }

    @Test
    void aStalledBackendAnswersWhenItIsReleased() {
        Cache<String, String> cache = cache();
        stalled.get().stall();
        CompletableFuture<Void> put = cache.async().put("a", "1", EntryOptions.DEFAULT);
        assertThat(put).isNotDone();

        stalled.get().release();

        put.join();
        assertThat(cache.get("a")).isEqualTo("1");
    }

    @Test
    void randomFailuresNeverMakeALoadWrong() {
        long seed = Seed.next();
        Cache<String, String> cache = cache();
        flaky.get().failRandomly(0.3, seed);
        int version = 0;

        for (int i = 0; i < 2_000; i++) {
            if (i % 7 == 0) {
                try {
                    cache.remove("a");
                    version = i;
                } catch (BackendException e) {
                    // It may or may not have removed; the version that is served stays the same.
                }
            }
            int current = version;
            assertThat(cache.get("a", key -> "version " + current))
                    .as("value in round %d, %s", i, Seed.replay(seed))
                    .isEqualTo("version " + current);
        }
    }
}
