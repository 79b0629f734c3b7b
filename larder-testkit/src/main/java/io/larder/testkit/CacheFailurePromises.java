package io.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.BackendException;
import io.larder.Cache;
import io.larder.CacheEntry;
import io.larder.CacheEvent;
import io.larder.EntryOptions;
import io.larder.LoadException;
import io.larder.OnError;
import io.larder.spi.Capability;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A backend that fails costs a read its hit and a write its success, and nobody the loaded value. */
abstract class CacheFailurePromises extends CachePromises {

    private static final int ROUNDS = 500;
    private static final Duration WITHIN = Duration.ofSeconds(30);

    private final UnreliableProvider unreliable;

    CacheFailurePromises(CacheContract contract) {
        super(contract);
        unreliable = contract.makeUnreliable();
    }

    private void down() {
        unreliable.flaky().down();
    }

    private void up() {
        unreliable.flaky().up();
    }

    private Cache<String, String> throwing() {
        return contract.cache("throwing", builder -> builder.onError(OnError.THROW));
    }

    private EntryOptions options() {
        return contract.capabilities().contains(Capability.TAGS) ? EntryOptions.tagged("x") : EntryOptions.DEFAULT;
    }

    private Stream<Class<?>> kindsOfEvents() {
        return contract.events.stream().map(Object::getClass);
    }

    @Test
    void aFailedReadIsAMissWithAnEventAndACount() {
        contract.needs(Capability.STORAGE);
        cache.put("a", "1");
        down();

        assertThat(cache.get("a")).isNull();
        assertThat(cache.find("a")).isNull();
        assertThat(cache.contains("a")).isFalse();
        assertThat(cache.getAll(List.of("a", "b"))).isEmpty();

        assertThat(contract.events).hasSize(4).allSatisfy(event -> {
            assertThat(event).isInstanceOf(CacheEvent.ReadFailed.class);
            assertThat(event.cache()).isEqualTo("contract");
        });
        assertThat(contract.events.get(0).key()).isEqualTo("a");
        up();
        assertThat(cache.get("a")).isEqualTo("1");
        assertThat(cache.stats().errors()).isEqualTo(4);
    }

    @Test
    void aReadWhoseAnswerIsLostIsAMissToo() {
        cache.put("a", "1");
        unreliable.flaky().failAfter(method -> method.startsWith("get"));

        assertThat(cache.get("a")).isNull();
        assertThat(cache.getAll(List.of("a"))).isEmpty();
        assertThat(cache.get("a", key -> "loaded")).isEqualTo("loaded");
    }

    @Test
    void onErrorThrowThrows() {
        Cache<String, String> throwing = throwing();
        down();

        CacheCalls.reads(throwing)
                .forEach((what, read) -> assertThatThrownBy(read)
                        .as(what)
                        .isInstanceOf(BackendException.class)
                        .hasMessageContaining("Flaky backend"));
        assertThat(contract.events).isEmpty();
    }

    @Test
    void anAsyncFailureArrivesThroughTheFuture() {
        Cache<String, String> throwing = throwing();
        down();

        assertThat(throwing.async().get("a")).failsWithin(WITHIN);
        assertThat(throwing.async().find("a")).failsWithin(WITHIN);
        assertThat(throwing.async().put("a", "1")).failsWithin(WITHIN);
        assertThat(throwing.async().get("a", key -> CompletableFuture.completedFuture("1")))
                .isNotNull();
    }

    @Test
    void aFailedWriteThrowsAndChangesNothing() {
        cache.put("a", "1", options());
        CacheEntry<String, String> before = cache.find("a");

        CacheCalls.writesAndListings(cache, contract.capabilities()).forEach((what, call) -> {
            down();
            assertThatThrownBy(call)
                    .as(what)
                    .isInstanceOf(BackendException.class)
                    .hasMessageContaining("Flaky backend")
                    .matches(failure -> ((BackendException) failure).isTransient(), "may pass");
            up();
            assertThat(cache.find("a")).as("entry after a failed %s", what).isEqualTo(before);
        });
        assertThat(contract.events).isEmpty();
    }

    @Test
    void aWriteWhoseAnswerIsLostThrowsToo() {
        CacheCalls.writesAndListings(cache, contract.capabilities()).forEach((what, call) -> {
            unreliable.flaky().failAfter(method -> true);
            assertThatThrownBy(call).as(what).isInstanceOf(BackendException.class);
            up();
        });
    }

    @Test
    void aLoadAnswersWhileTheBackendIsDown() {
        down();

        assertThat(cache.get("a", key -> "loaded")).isEqualTo("loaded");
        assertThat(cache.getAll(List.of("a", "b"), keys -> Map.of("a", "1", "b", "2")))
                .isEqualTo(Map.of("a", "1", "b", "2"));

        up();
        assertThat(cache.contains("a")).isFalse();
        assertIsUsedAgain();
    }

    @Test
    void aLoadAnswersWhicheverCallFails() {
        for (String failing : List.of("getOrLease", "getAll", "putLeased", "release")) {
            for (Predicate<String> fails :
                    List.<Predicate<String>>of(failing::equals, method -> !method.equals(failing))) {
                unreliable.flaky().failBefore(fails);
                assertThat(cache.get("single", key -> "loaded"))
                        .as("value while %s fails, or all others", failing)
                        .isEqualTo("loaded");
                assertThat(cache.getAll(List.of("a", "b"), keys -> Map.of("a", "1", "b", "2")))
                        .as("values while %s fails, or all others", failing)
                        .isEqualTo(Map.of("a", "1", "b", "2"));
                up();
                cache.removeAll(List.of("single", "a", "b"));
            }
        }
    }

    @Test
    void aLoadWhoseStoreFailsIsAnsweredWithAnEvent() {
        unreliable.flaky().failBefore(method -> method.equals("putLeased"));

        assertThat(cache.get("a", key -> "loaded")).isEqualTo("loaded");

        assertThat(kindsOfEvents()).containsExactly(CacheEvent.StoreFailed.class);
        up();
        assertThat(cache.find("a")).isNull();
        assertIsUsedAgain();
    }

    /** The failed store gave its lease back, so the next load is stored. */
    private void assertIsUsedAgain() {
        assertThat(cache.get("a", key -> "again")).isEqualTo("again");
        if (contract.capabilities().contains(Capability.STORAGE)) {
            assertThat(cache.get("a")).isEqualTo("again");
        }
    }

    @Test
    void aBackendThatIsDownFromTheFirstStopsNothing() {
        unreliable.startDown();
        Cache<String, String> late = contract.cache("late");

        assertThat(late.get("a")).isNull();
        assertThat(late.get("a", key -> "loaded")).isEqualTo("loaded");
        assertThatThrownBy(late::ping).isInstanceOf(BackendException.class);

        up();
        late.ping();
        assertThat(late.get("a", key -> "again")).isEqualTo("again");
    }

    @Test
    void callersShareALoadWhileTheBackendIsDown() throws Exception {
        down();
        AtomicInteger loads = new AtomicInteger();
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        CompletableFuture<@Nullable String> first = CompletableFuture.supplyAsync(() -> cache.get("a", key -> {
            loading.countDown();
            goOn.await();
            return "loaded " + loads.incrementAndGet();
        }));
        loading.await();
        List<CompletableFuture<@Nullable String>> others = Stream.generate(() -> cache.async()
                        .get("a", key -> CompletableFuture.completedFuture("loaded " + loads.incrementAndGet())))
                .limit(50)
                .toList();

        assertThat(loads).as("loads beside the first").hasValue(0);
        assertThat(others).noneMatch(CompletableFuture::isDone);
        goOn.countDown();

        assertThat(first.join()).isEqualTo("loaded 1");
        // Those who came after the first load began may not take its value, but load for themselves.
        assertThat(others)
                .allSatisfy(
                        other -> assertThat(other.join()).startsWith("loaded ").isNotEqualTo("loaded 1"));
    }

    @Test
    void aLoadersErrorIsTheLoadersAlsoWhileTheBackendIsDown() {
        down();

        assertThatThrownBy(() -> cache.get("a", key -> {
                    throw new IllegalStateException("no database");
                }))
                .isInstanceOf(LoadException.class)
                .hasMessageContaining("no database")
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void aListenerThatFailsHarmsNobody() {
        Cache<String, String> heard = contract.cache(
                "heard",
                builder -> builder.listener(event -> {
                    throw new AssertionError("listener");
                }));
        down();

        assertThat(heard.get("a")).isNull();
        assertThat(heard.get("a", key -> "loaded")).isEqualTo("loaded");
        assertThatThrownBy(() -> heard.get("a", key -> {
                    throw new IllegalStateException("loader");
                }))
                .isInstanceOf(LoadException.class);
        up();
        assertThat(heard.get("a", key -> "again")).isEqualTo("again");
    }

    @Test
    void randomFailuresNeverMakeALoadWrong() {
        long seed = Seed.next();
        unreliable.flaky().failRandomly(0.3, seed);
        int version = 0;

        for (int i = 0; i < ROUNDS; i++) {
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
