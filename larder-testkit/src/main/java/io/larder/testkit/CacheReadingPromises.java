package io.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.larder.CacheEntry;
import io.larder.CacheStats;
import io.larder.EntryOptions;
import io.larder.spi.Capability;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is put is read, with its metadata, and nothing else. */
abstract class CacheReadingPromises extends CachePromises {

    private static final int READS_TOGETHER = 50;

    CacheReadingPromises(CacheContract contract) {
        super(contract, Capability.STORAGE);
    }

    @Test
    void returnsTheValueOrNull() {
        cache.put("a", "1");

        assertThat(cache.get("a")).isEqualTo("1");
        assertThat(cache.get("b")).isNull();
        assertThat(cache.contains("a")).isTrue();
        assertThat(cache.contains("b")).isFalse();
        assertThat(cache.name()).isEqualTo("contract");
    }

    /** Backends may ask for what several callers want together. */
    @Test
    void callersWhoReadTogetherAreEachToldOfTheirOwnKey() throws Exception {
        cache.put("shared", "of all");

        Race.run(Race.THREADS, number -> {
            String own = "own-" + number;
            for (int i = 0; i < READS_TOGETHER; i++) {
                String value = number + "-" + i;
                cache.put(own, value);
                assertThat(cache.get(own)).isEqualTo(value);
                assertThat(cache.get("none-" + number)).isNull();
                assertThat(cache.get("shared")).isEqualTo("of all");
                assertThat(cache.getAll(List.of(own, "shared")))
                        .containsOnly(entry(own, value), entry("shared", "of all"));
                assertThat(cache.get(own, key -> "loaded")).isEqualTo(value);
            }
        });
    }

    @Test
    void findShowsTheEntryWithItsMetadata() {
        contract.needs(Capability.TAGS);
        cache.put("a", "1", EntryOptions.ttl(TTL).tags("x", "y"));
        pass(Duration.ofMillis(400));

        CacheEntry<String, String> found = existing(cache, "a");

        assertThat(found.key()).isEqualTo("a");
        assertThat(found.value()).isEqualTo("1");
        assertThat(found.remaining()).isEqualTo(TTL.minusMillis(400));
        assertThat(found.age()).isEqualTo(Duration.ofMillis(400));
        assertThat(found.tags()).containsExactlyInAnyOrder("x", "y");
        assertThat(found.stale()).isFalse();
        assertThat(found.isNothing()).isFalse();
        assertThat(cache.find("b")).isNull();
    }

    @Test
    void findShowsWhatDoesNotExpireAsNeverExpiring() {
        cache.put("a", "1");

        assertThat(existing(cache, "a").remaining()).isEqualTo(EntryOptions.NEVER);
    }

    @Test
    void aCachedNothingIsNotAMiss() {
        cache.put("a", null);

        assertThat(cache.get("a")).isNull();
        assertThat(cache.contains("a")).isTrue();
        assertThat(cache.find("a")).isNotNull().matches(CacheEntry::isNothing);
        assertThat(cache.getAll(List.of("a", "b"))).containsExactly(entry("a", null));
        assertThat(cache.putIfAbsent("a", "1")).isFalse();
        assertThat(cache.remove("a")).isTrue();
        assertThat(cache.contains("a")).isFalse();
    }

    @Test
    void getAllReturnsTheCallersKeysInTheirOrder() {
        cache.putAll(Map.of("a", "1", "b", "2", "c", "3"));

        assertThat(cache.getAll(List.of("c", "missing", "a", "c"))).containsExactly(entry("c", "3"), entry("a", "1"));
    }

    @Test
    void bulkCallsAcceptNothing() {
        assertThat(cache.getAll(List.of())).isEmpty();
        assertThat(cache.removeAll(List.of())).isZero();
        cache.putAll(Map.of());

        assertThat(cache.stats().puts()).isZero();
    }

    @Test
    void putAllGivesEveryEntryTheOptions() {
        contract.needs(Capability.TAGS);
        Map<String, String> values = new LinkedHashMap<>();
        values.put("a", "1");
        values.put("b", null);

        cache.putAll(values, EntryOptions.ttl(TTL).tags("x"));

        assertThat(cache.getAll(List.of("b", "a"))).containsExactly(entry("b", null), entry("a", "1"));
        assertThat(cache.entriesByTag("x").map(CacheEntry::remaining)).containsExactly(TTL, TTL);
    }

    @Test
    void conditionalPutsSayWhetherTheyDidIt() {
        assertThat(cache.replace("a", "0")).isFalse();
        assertThat(cache.putIfAbsent("a", "1")).isTrue();
        assertThat(cache.putIfAbsent("a", "2")).isFalse();
        assertThat(cache.get("a")).isEqualTo("1");
        assertThat(cache.replace("a", "3")).isTrue();
        assertThat(cache.get("a")).isEqualTo("3");
    }

    @Test
    void removalsSayWhetherThereWasAnEntry() {
        cache.putAll(Map.of("a", "1", "b", "2", "c", "3"));

        assertThat(cache.remove("a")).isTrue();
        assertThat(cache.remove("a")).isFalse();
        assertThat(cache.removeAll(List.of("a", "b", "c"))).isEqualTo(2);
        assertThat(cache.contains("b")).isFalse();
    }

    @Test
    void statsCountReadsWritesAndRemovals() {
        cache.put("a", "1");
        cache.putAll(Map.of("b", "2", "c", "3"));
        cache.get("a");
        cache.get("missing");
        cache.find("a");
        cache.contains("missing");
        cache.getAll(List.of("a", "b", "missing", "a"));
        cache.remove("a");
        cache.remove("a");
        cache.get("loaded", key -> "4");
        cache.get("loaded", key -> "5");

        CacheStats stats = cache.stats();

        assertThat(stats.hits()).as("hits").isEqualTo(5);
        assertThat(stats.misses()).as("misses").isEqualTo(4);
        assertThat(stats.puts()).as("puts").isEqualTo(3);
        assertThat(stats.removals()).as("removals").isEqualTo(1);
        assertThat(stats.loads()).as("loads").isEqualTo(1);
        assertThat(stats.errors()).as("errors").isZero();
        assertThat(stats.hitRatio()).isEqualTo(5.0 / 9);
        assertThat(stats.backend().address()).isNotBlank();
    }

    @Test
    void bothViewsShareTheEntries() {
        cache.async().put("a", "1").join();

        assertThat(cache.get("a")).isEqualTo("1");
        assertThat(cache.async().get("a").join()).isEqualTo("1");
        cache.ping();
    }
}
