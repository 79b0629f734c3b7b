package io.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.CacheEntry;
import io.larder.EntryOptions;
import io.larder.spi.Capability;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tags, patterns and clear take what they should and nothing else. */
abstract class CacheInvalidationPromises extends CachePromises {

    CacheInvalidationPromises(CacheContract contract) {
        super(contract, Capability.STORAGE);
    }

    @Test
    void aTagIsReadAndInvalidated() {
        contract.needs(Capability.TAGS);
        cache.put("a", "1", EntryOptions.tagged("x"));
        cache.put("b", "2", EntryOptions.tagged("x", "y"));
        cache.put("c", "3", EntryOptions.tagged("y"));

        assertThat(cache.entriesByTag("x").map(CacheEntry::key)).containsExactlyInAnyOrder("a", "b");
        assertThat(cache.invalidateTag("x")).isEqualTo(2);
        assertThat(cache.invalidateTag("x")).isZero();
        assertThat(cache.getAll(List.of("a", "b", "c"))).isEqualTo(Map.of("c", "3"));
    }

    @Test
    void aNewPutReplacesTheTags() {
        contract.needs(Capability.TAGS);
        cache.put("a", "1", EntryOptions.tagged("x"));

        cache.put("a", "2");

        assertThat(cache.invalidateTag("x")).isZero();
        assertThat(cache.get("a")).isEqualTo("2");
    }

    @Test
    void loadedEntriesCarryTheirTags() {
        contract.needs(Capability.TAGS);
        cache.get("a", key -> "1", EntryOptions.tagged("x"));
        cache.getAll(List.of("b", "c"), keys -> Map.of("b", "2", "c", "3"), EntryOptions.tagged("x"));

        assertThat(cache.entriesByTag("x").map(CacheEntry::value)).containsExactlyInAnyOrder("1", "2", "3");
        assertThat(cache.invalidateTag("x")).isEqualTo(3);
    }

    @Test
    void tagsAreGoneWithTheirEntries() {
        contract.needs(Capability.TAGS);
        cache.put("a", "1", EntryOptions.ttl(TTL).tags("x"));
        pass(TTL);

        assertThat(cache.entriesByTag("x")).isEmpty();
        cache.put("a", "2");
        assertThat(cache.invalidateTag("x")).isZero();
        assertThat(cache.get("a")).isEqualTo("2");
    }

    @Test
    void patternsListAndRemove() {
        contract.needs(Capability.LISTING);
        cache.putAll(Map.of("user:1", "ann", "user:2", "bob", "team:1", "red"));

        assertThat(cache.keys("user:*")).containsExactlyInAnyOrder("user:1", "user:2");
        assertThat(cache.keys("[a-t]*:?")).containsExactly("team:1");
        assertThat(cache.entries("*:2").map(CacheEntry::value)).containsExactly("bob");
        assertThat(cache.removeMatching("user:*")).isEqualTo(2);
        assertThat(cache.keys("*")).containsExactly("team:1");
    }

    @Test
    void listingsAreReadAsFarAsTheyAreWanted() {
        contract.needs(Capability.LISTING);
        List<String> keys = IntStream.range(0, 2_000).mapToObj(i -> "key-" + i).toList();
        keys.forEach(key -> cache.put(key, "1"));

        assertThat(cache.keys("*").limit(3)).hasSize(3).isSubsetOf(keys);
        assertThat(cache.keys("*")).containsExactlyInAnyOrderElementsOf(keys);
        assertThat(cache.entries("*").count()).isEqualTo(2_000);
    }

    @Test
    void clearTouchesOnlyItsOwnCache() {
        var sameNamespace = contract.cache("other");
        var otherNamespace = contract.cache("contract", builder -> builder.namespace("ns"));
        var otherVersion = contract.cache("contract", builder -> builder.version(2));
        cache.put("a", "mine");
        for (var other : List.of(sameNamespace, otherNamespace, otherVersion)) {
            assertThat(other.contains("a")).isFalse();
            other.put("a", "theirs");
        }

        cache.clear();

        assertThat(cache.contains("a")).isFalse();
        for (var other : List.of(sameNamespace, otherNamespace, otherVersion)) {
            assertThat(other.get("a")).isEqualTo("theirs");
        }
    }
}
