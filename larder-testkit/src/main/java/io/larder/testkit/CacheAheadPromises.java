package io.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.BulkLoader;
import io.larder.Cache;
import io.larder.CacheEvent;
import io.larder.EntryOptions;
import io.larder.spi.Capability;
import io.larder.testkit.servers.Await;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A value is reloaded before its ttl has passed, if that was asked for, while it answers; what is invalidated meanwhile stays so. */
abstract class CacheAheadPromises extends CachePromises {

    private static final Duration DUE = TTL.multipliedBy(4).dividedBy(5);
    private static final Duration RETRY = Duration.ofMinutes(1);
    private static final Duration WITHIN = Duration.ofSeconds(30);

    private final AtomicInteger loads = new AtomicInteger();
    private final HeldLoad load = new HeldLoad("new");
    private Cache<String, String> ahead;

    CacheAheadPromises(CacheContract contract) {
        super(contract, Capability.STORAGE);
    }

    @BeforeEach
    void openAhead() {
        ahead = contract.cache(
                "ahead", setup -> setup.ttl(TTL).refreshAhead(0.8).staleRetry(RETRY));
    }

    @AfterEach
    void endLoad() {
        load.goOn();
    }

    private EntryOptions options() {
        return contract.capabilities().contains(Capability.TAGS) ? EntryOptions.tagged("x") : EntryOptions.DEFAULT;
    }

    private String counted(String key) {
        return "load " + loads.incrementAndGet();
    }

    private String failing(String key) {
        loads.incrementAndGet();
        throw new IllegalStateException("no database");
    }

    private void awaitValue(String key, String value) {
        Await.until("what was reloaded is stored", WITHIN, () -> value.equals(ahead.get(key)));
    }

    @Test
    void nothingIsReloadedBeforeItIsTime() {
        ahead.put("a", "old");
        pass(DUE.minusMillis(1));

        assertThat(ahead.get("a", this::counted)).isEqualTo("old");
        assertThat(ahead.async()
                        .get("a", key -> CompletableFuture.completedFuture(counted(key)))
                        .join())
                .isEqualTo("old");
        assertThat(ahead.getAll(List.of("a"), keys -> Map.of("a", counted("a"))))
                .isEqualTo(Map.of("a", "old"));

        assertThat(loads).hasValue(0);
    }

    @Test
    void oneCallerReloadsWhatIsDueAndNobodyWaits() throws Exception {
        ahead.put("a", "old");
        pass(DUE);

        Race.run(Race.THREADS, number -> assertThat(ahead.get("a", load)).isEqualTo("old"));
        load.awaitBegin();
        assertThat(ahead.async()
                        .get("a", key -> CompletableFuture.completedFuture(counted(key)))
                        .join())
                .isEqualTo("old");
        assertThat(ahead.getAll(List.of("a"), keys -> Map.of("a", counted("a"))))
                .isEqualTo(Map.of("a", "old"));
        assertThat(ahead.get("a")).isEqualTo("old");
        load.goOn();

        awaitValue("a", "new");
        pass(DUE.minusMillis(1));
        assertThat(ahead.get("a", this::counted)).isEqualTo("new");
        assertThat(load.count()).isEqualTo(1);
        assertThat(loads).hasValue(0);
        assertThat(ahead.stats().misses()).isZero();
    }

    @Test
    void manyThatAreDueAreReloadedInOneCall() {
        ahead.putAll(Map.of("a", "old", "b", "old"));
        pass(DUE);
        ahead.put("c", "old");

        assertThat(ahead.getAll(List.of("c", "b", "a"), keys -> {
                    assertThat(keys).containsExactlyInAnyOrder("a", "b");
                    loads.incrementAndGet();
                    return Map.of("a", "new", "b", "new");
                }))
                .isEqualTo(Map.of("a", "old", "b", "old", "c", "old"));

        awaitValue("a", "new");
        awaitValue("b", "new");
        assertThat(ahead.get("c")).isEqualTo("old");
        assertThat(loads).hasValue(1);
    }

    @Test
    void whatDifferentCallersReloadIsGatheredIntoCallsOfALoader() {
        Cache<String, String> gathering = contract.cache(
                "gathering", setup -> setup.ttl(TTL).refreshAhead(0.8).refreshBatch(2, Duration.ofDays(1)));
        gathering.putAll(Map.of("a", "old", "b", "old", "c", "old"));
        pass(DUE);
        BulkLoader<String, String> loader = keys -> {
            loads.incrementAndGet();
            return keys.stream().collect(Collectors.toMap(key -> key, key -> "new"));
        };

        assertThat(gathering.getAll(List.of("a"), loader)).isEqualTo(Map.of("a", "old"));
        assertThat(loads).hasValue(0);
        assertThat(gathering.getAll(List.of("b", "c"), loader)).isEqualTo(Map.of("b", "old", "c", "old"));

        for (String key : List.of("a", "b")) {
            Await.until("key " + key + " is reloaded", WITHIN, () -> "new".equals(gathering.get(key)));
        }
        assertThat(loads).hasValue(1);
        assertThat(gathering.get("c")).isEqualTo("old");
    }

    @Test
    void whatIsGatheredIsReloadedWhenItsTimeHasCome() {
        Cache<String, String> gathering = contract.cache(
                "gathering", setup -> setup.ttl(TTL).refreshAhead(0.8).refreshBatch(100, Duration.ofMillis(10)));
        gathering.putAll(Map.of("a", "old", "b", "old"));
        pass(DUE);
        BulkLoader<String, String> loader = keys -> keys.stream().collect(Collectors.toMap(key -> key, key -> "new"));

        gathering.getAll(List.of("a"), loader);
        gathering.getAll(List.of("b"), loader);

        for (String key : List.of("a", "b")) {
            Await.until("key " + key + " is reloaded", WITHIN, () -> "new".equals(gathering.get(key)));
        }
    }

    @Test
    void aFailedReloadLeavesTheValueAndIsNotRepeatedAtOnce() {
        ahead.put("a", "old");
        pass(DUE);

        assertThat(ahead.get("a", this::failing)).isEqualTo("old");
        Await.until("the reload has failed", WITHIN, () -> !contract.events.isEmpty());
        assertThat(ahead.get("a", this::failing)).isEqualTo("old");

        assertThat(loads).hasValue(1);
        assertThat(contract.events).hasSize(1).allMatch(event -> event instanceof CacheEvent.LoadFailed);
    }

    @Test
    void whatTheSourceNoLongerHasIsRemoved() {
        ahead.put("a", "old");
        pass(DUE);

        assertThat(ahead.get("a", key -> null)).isEqualTo("old");

        Await.until("the entry is removed", WITHIN, () -> ahead.find("a") == null);
    }

    @Test
    void whatTookLongToLoadIsReloadedEarlyByChance() {
        // So many load times that chance is as good as certain.
        Cache<String, String> early =
                contract.cache("early", setup -> setup.ttl(TTL).refreshEarly(1e9));
        early.get("a", key -> {
            pass(Duration.ofMillis(100));
            return "old";
        });
        early.put("b", "never loaded");

        assertThat(early.get("a", key -> "new")).isEqualTo("old");
        assertThat(early.get("b", this::counted)).isEqualTo("never loaded");

        Await.until("what was reloaded is stored", WITHIN, () -> "new".equals(early.get("a")));
        assertThat(loads).hasValue(0);
    }

    @Test
    void whatNeverEndsIsNeverDue() {
        ahead.put("a", "old", EntryOptions.ttl(EntryOptions.NEVER));
        pass(Duration.ofDays(1_000));

        assertThat(ahead.get("a", this::counted)).isEqualTo("old");

        assertThat(loads).hasValue(0);
    }

    /** What changes the entry under key "a", tagged "x". */
    private Map<String, Consumer<Cache<String, String>>> changes() {
        Map<String, Consumer<Cache<String, String>>> changes = new LinkedHashMap<>();
        changes.put("put", changed -> changed.put("a", "written"));
        changes.put("replace", changed -> changed.replace("a", "written"));
        changes.put("remove", changed -> changed.remove("a"));
        changes.put("expire", changed -> changed.expire("a", Duration.ofDays(1)));
        changes.put("clear", Cache::clear);
        if (contract.capabilities().contains(Capability.TAGS)) {
            changes.put("invalidateTag", changed -> changed.invalidateTag("x"));
        }
        if (contract.capabilities().contains(Capability.LISTING)) {
            changes.put("removeMatching", changed -> changed.removeMatching("a*"));
        }
        return changes;
    }

    @Test
    void whatIsChangedWhileItReloadsStaysSo() {
        CacheEvent dropped = new CacheEvent.LoadDropped("ahead", "a");
        changes().forEach((what, change) -> {
            contract.events.clear();
            ahead.put("a", "old", options());
            pass(DUE);
            HeldLoad reload = new HeldLoad("reloaded");
            assertThat(ahead.get("a", reload, options()))
                    .as("answer before %s", what)
                    .isEqualTo("old");
            reload.awaitBegin();

            change.accept(ahead);
            String changed = ahead.get("a");
            reload.goOn();

            Await.until("the reload is dropped after " + what, WITHIN, () -> contract.events.contains(dropped));
            assertThat(ahead.get("a")).as("value after %s", what).isEqualTo(changed);
        });
    }
}
