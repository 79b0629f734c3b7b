package io.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.larder.Cache;
import io.larder.CacheEvent;
import io.larder.EntryOptions;
import io.larder.LoadException;
import io.larder.PartialLoadException;
import io.larder.spi.Capability;
import io.larder.testkit.servers.Await;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A value whose ttl has passed answers while it is reloaded, if that was asked for, and never once it was invalidated. */
abstract class CacheStalePromises extends CachePromises {

    private static final Duration STALE_FOR = Duration.ofHours(1);
    private static final Duration RETRY = Duration.ofMinutes(1);
    private static final Duration WITHIN = Duration.ofSeconds(30);

    private final AtomicInteger loads = new AtomicInteger();
    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final HeldLoad load = new HeldLoad("new");
    private Cache<String, String> stale;

    CacheStalePromises(CacheContract contract) {
        super(contract, Capability.STORAGE);
    }

    @BeforeEach
    void openStale() {
        stale = contract.cache(
                "stale", setup -> setup.ttl(TTL).staleFor(STALE_FOR).staleRetry(RETRY));
    }

    @AfterEach
    void endCallers() {
        load.goOn();
        callers.shutdownNow();
    }

    private String failing(String key) {
        loads.incrementAndGet();
        throw new IllegalStateException("no database");
    }

    private Map<String, String> failingAll(Set<String> keys) {
        loads.incrementAndGet();
        throw new IllegalStateException("no database");
    }

    private static void awaitValue(Cache<String, String> cache, String key, String value) {
        Await.until("what was reloaded is stored", WITHIN, () -> value.equals(cache.get(key)));
    }

    private EntryOptions options() {
        return contract.capabilities().contains(Capability.TAGS) ? EntryOptions.tagged("x") : EntryOptions.DEFAULT;
    }

    @Test
    void aStaleValueAnswersAtOnceWhileOneCallerReloadsIt() throws Exception {
        stale.put("a", "old");
        pass(TTL);

        Race.run(Race.THREADS, number -> assertThat(stale.get("a", load)).isEqualTo("old"));
        load.awaitBegin();
        assertThat(stale.async().get("a", CompletableFuture::completedFuture).join())
                .isEqualTo("old");
        assertThat(stale.getAll(List.of("a"), this::failingAll)).isEqualTo(Map.of("a", "old"));
        assertThat(stale.get("a")).isNull();
        load.goOn();

        awaitValue(stale, "a", "new");
        assertThat(load.count()).isEqualTo(1);
        assertThat(loads).hasValue(0);
        assertThat(stale.stats().staleHits()).isEqualTo(Race.THREADS + 2);
        assertThat(stale.stats().loads()).isEqualTo(1);
    }

    @Test
    void aFailedReloadLeavesTheStaleValueAndIsNotRepeatedAtOnce() {
        stale.put("a", "old");
        pass(TTL);

        assertThat(stale.get("a", this::failing)).isEqualTo("old");
        Await.until("the reload has failed", WITHIN, () -> !contract.events.isEmpty());
        for (int i = 0; i < 3; i++) {
            assertThat(stale.get("a", this::failing)).isEqualTo("old");
            assertThat(stale.getAll(List.of("a"), this::failingAll)).isEqualTo(Map.of("a", "old"));
        }

        assertThat(loads).hasValue(1);
        assertThat(contract.events).hasSize(1).allMatch(event -> event instanceof CacheEvent.LoadFailed);
        pass(RETRY);
        Await.until("the source is asked again", WITHIN, () -> {
            assertThat(stale.get("a", this::failing)).isEqualTo("old");
            return loads.get() == 2;
        });
    }

    @Test
    void aSourceThatHasRecoveredIsUsedAgain() {
        stale.put("a", "old");
        pass(TTL);
        assertThat(stale.get("a", this::failing)).isEqualTo("old");
        Await.until("the reload has failed", WITHIN, () -> !contract.events.isEmpty());

        pass(RETRY);
        Await.until("the source is asked again", WITHIN, () -> "new".equals(stale.get("a", key -> "new")));

        assertThat(stale.get("a")).isEqualTo("new");
    }

    @Test
    void aStaleValueAnswersNoLongerThanItIsKept() {
        stale.put("a", "old");
        pass(TTL.plus(STALE_FOR).minusMillis(1));
        assertThat(stale.get("a", this::failing)).isEqualTo("old");
        Await.until("the reload has failed", WITHIN, () -> !contract.events.isEmpty());

        pass(Duration.ofMillis(1));

        assertThatThrownBy(() -> stale.get("a", this::failing))
                .isInstanceOf(LoadException.class)
                .hasMessageContaining("no database");
        assertThatThrownBy(() -> stale.getAll(List.of("a"), this::failingAll)).isInstanceOf(LoadException.class);
    }

    @Test
    void oneCallMayAskForItAlone() {
        cache.put("a", "old", EntryOptions.ttl(TTL).staleFor(STALE_FOR));
        pass(TTL);

        assertThat(cache.get("a", key -> "new", EntryOptions.DEFAULT.staleFor(STALE_FOR)))
                .isEqualTo("old");

        awaitValue(cache, "a", "new");
    }

    /** What takes the entry under a key, tagged "x", away. */
    private Map<String, BiConsumer<Cache<String, String>, String>> removals() {
        Map<String, BiConsumer<Cache<String, String>, String>> removals = new LinkedHashMap<>();
        removals.put("remove", Cache::remove);
        removals.put("removeAll", (changed, key) -> changed.removeAll(List.of("b", key)));
        removals.put("clear", (changed, key) -> changed.clear());
        if (contract.capabilities().contains(Capability.LISTING)) {
            removals.put("removeMatching", (changed, key) -> changed.removeMatching(key + "*"));
        }
        if (contract.capabilities().contains(Capability.TAGS)) {
            removals.put("invalidateTag", (changed, key) -> changed.invalidateTag("x"));
        }
        return removals;
    }

    private static Map<String, BiConsumer<Cache<String, String>, String>> writes() {
        Map<String, BiConsumer<Cache<String, String>, String>> writes = new LinkedHashMap<>();
        writes.put("put", (changed, key) -> changed.put(key, "written"));
        writes.put("putAll", (changed, key) -> changed.putAll(Map.of(key, "written", "b", "written")));
        writes.put("putIfAbsent", (changed, key) -> changed.putIfAbsent(key, "written"));
        return writes;
    }

    /** Begins a reload of {@code key}, whose stale value is answered meanwhile. */
    private HeldLoad reload(String key) {
        stale.put(key, "old", options());
        pass(TTL);
        HeldLoad begun = new HeldLoad("reloaded");
        assertThat(stale.get(key, begun, options())).isEqualTo("old");
        begun.awaitBegin();
        return begun;
    }

    private void awaitDropped(String key) {
        CacheEvent dropped = new CacheEvent.LoadDropped("stale", key);
        Await.until("the reload is dropped", WITHIN, () -> contract.events.contains(dropped));
    }

    @Test
    void aStaleValueThatIsRemovedWhileItReloadsIsGone() {
        removals().forEach((what, removal) -> {
            HeldLoad reload = reload(what);

            removal.accept(stale, what);

            assertThat(stale.find(what)).as("entry after %s", what).isNull();
            CompletableFuture<@Nullable String> later =
                    CompletableFuture.supplyAsync(() -> stale.get(what, key -> "fresh", options()), callers);
            reload.goOn();
            assertThat(later.join()).as("answer after %s", what).isEqualTo("fresh");
            awaitDropped(what);
            assertThat(stale.get(what)).as("value after %s", what).isEqualTo("fresh");
        });
    }

    @Test
    void aValueWrittenWhileAStaleOneReloadsStays() {
        writes().forEach((what, write) -> {
            HeldLoad reload = reload(what);

            write.accept(stale, what);

            assertThat(stale.get(what, key -> "never", options()))
                    .as("answer after %s", what)
                    .isEqualTo("written");
            reload.goOn();
            awaitDropped(what);
            assertThat(stale.get(what)).as("value after %s", what).isEqualTo("written");
        });
    }

    @Test
    void aFailedReloadOfWhatWasRemovedDoesNotBringItBack() {
        stale.put("a", "old");
        pass(TTL);
        stale.get("a", this::failing);
        Await.until("the reload has failed", WITHIN, () -> !contract.events.isEmpty());

        stale.remove("a");

        assertThatThrownBy(() -> stale.get("a", this::failing)).isInstanceOf(LoadException.class);
        assertThat(loads).hasValue(2);
    }

    @Test
    void manyStaleValuesAnswerAtOnceAndAreReloadedInOneCall() {
        stale.putAll(Map.of("a", "old", "b", "old"));
        pass(TTL);
        stale.put("c", "there");

        Map<String, @Nullable String> answers = stale.getAll(List.of("d", "c", "b", "a"), keys -> {
            loads.incrementAndGet();
            Map<String, String> values = new TreeMap<>();
            keys.forEach(key -> values.put(key, "new"));
            return values;
        });

        assertThat(answers)
                .containsExactly(entry("d", "new"), entry("c", "there"), entry("b", "old"), entry("a", "old"));
        awaitValue(stale, "a", "new");
        awaitValue(stale, "b", "new");
        assertThat(loads).hasValue(2);
        assertThat(stale.stats().staleHits()).isEqualTo(2);
    }

    @Test
    void whatIsMissingBesideAStaleValueFailsWithItsLoader() {
        stale.put("a", "old");
        pass(TTL);

        assertThatThrownBy(() -> stale.getAll(List.of("a", "b"), this::failingAll))
                .isInstanceOf(LoadException.class);
    }

    private Cache<String, String> waiting(Duration staleWait) {
        return contract.cache(
                "waiting",
                setup -> setup.ttl(TTL).staleFor(STALE_FOR).staleRetry(RETRY).staleWait(staleWait));
    }

    @Test
    void aCallerWhoWaitsForTheReloadGetsItsValue() {
        Cache<String, String> waiting = waiting(EntryOptions.NEVER);
        waiting.putAll(Map.of("a", "old", "b", "old"));
        pass(TTL);

        assertThat(waiting.get("a", key -> "new")).isEqualTo("new");
        assertThat(waiting.getAll(List.of("b"), keys -> Map.of("b", "new"))).isEqualTo(Map.of("b", "new"));
        assertThat(waiting.stats().staleHits()).isZero();
    }

    @Test
    void aCallerWhoWaitsForTheReloadGetsTheStaleValueInPlaceOfAnError() {
        Cache<String, String> waiting = waiting(EntryOptions.NEVER);
        waiting.putAll(Map.of("a", "old", "b", "old"));
        pass(TTL);

        for (int i = 0; i < 3; i++) {
            assertThat(waiting.get("a", this::failing)).isEqualTo("old");
            assertThat(waiting.getAll(List.of("a", "b"), this::failingAll)).isEqualTo(Map.of("a", "old", "b", "old"));
        }

        assertThat(loads).hasValue(2);
        assertThat(waiting.stats().staleHits()).isEqualTo(9);
        assertThat(waiting.stats().misses()).isZero();
    }

    @Test
    void aCallerWhoWaitsForTheReloadGetsTheStaleValuesOfTheKeysThatFail() {
        Cache<String, String> waiting = waiting(EntryOptions.NEVER);
        waiting.putAll(Map.of("a", "old", "b", "old"));
        pass(TTL);

        assertThat(waiting.getAll(List.of("a", "b", "c"), keys -> {
                    throw new PartialLoadException(
                            Map.of("b", "new", "c", "new"), Map.of("a", new IllegalStateException("gone")));
                }))
                .isEqualTo(Map.of("a", "old", "b", "new", "c", "new"));

        assertThat(waiting.stats().staleHits()).isEqualTo(1);
        assertThat(waiting.getAll(List.of("a", "b"), this::failingAll)).isEqualTo(Map.of("a", "old", "b", "new"));
        assertThat(loads).as("loads while the failed key has a pause").hasValue(0);
    }

    @Test
    void aCallerWhoHasWaitedLongEnoughGetsTheStaleValueAndTheReloadIsStored() {
        Cache<String, String> waiting = waiting(Duration.ofMillis(1));
        waiting.put("a", "old");
        pass(TTL);

        assertThat(waiting.get("a", load)).isEqualTo("old");

        load.awaitBegin();
        assertThat(waiting.get("a")).isNull();
        load.goOn();
        awaitValue(waiting, "a", "new");
        assertThat(load.count()).isEqualTo(1);
    }

    @Test
    void aLoaderThatAsksForItsOwnStaleKeyGetsIt() {
        for (Duration wait : List.of(Duration.ZERO, EntryOptions.NEVER)) {
            Cache<String, String> own = contract.cache(
                    "own" + wait, setup -> setup.ttl(TTL).staleFor(STALE_FOR).staleWait(wait));
            own.put("a", "1");
            pass(TTL);

            own.get("a", key -> own.get("a", this::failing) + " and more");

            awaitValue(own, "a", "1 and more");
        }
    }
}
