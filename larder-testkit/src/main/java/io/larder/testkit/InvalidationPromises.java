package io.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.spi.Capability;
import io.larder.spi.Entry;
import io.larder.spi.Pages;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Tags and patterns find what they should and nothing else. */
abstract class InvalidationPromises<V> extends Promises<V> {

    InvalidationPromises(BackendContract<V> contract) {
        super(contract, Capability.STORAGE);
    }

    @Nested
    class ByTag {

        @BeforeEach
        void needsTags() {
            contract.needs(Capability.TAGS);
        }

        @Test
        void removesEveryEntryThatCarriesTheTagAndSaysHowMany() {
            backend.put("a", "1", "x");
            backend.put("b", "2", "x", "y");
            backend.put("c", "3", "y");
            backend.put("d", "4");

            assertThat(backend.invalidateTag("x")).isEqualTo(2);
            assertThat(backend.getAll("a", "b", "c", "d")).containsOnlyKeys("c", "d");
            assertThat(backend.invalidateTag("x")).isZero();
            assertThat(backend.invalidateTag("unknown")).isZero();
        }

        @Test
        void readsTheEntriesOfATag() {
            backend.put("a", "1", "x");
            backend.put("b", "2", "x", "y");
            backend.put("c", "3");

            assertThat(backend.entriesByTag("x")).isEqualTo(Map.of("a", "1", "b", "2"));
            assertThat(backend.entriesByTag("y")).isEqualTo(Map.of("b", "2"));
            assertThat(backend.entriesByTag("unknown")).isEmpty();
        }

        @Test
        void aNewPutReplacesTheTags() {
            backend.put("a", "1", "x", "y");
            backend.put("a", "2", "y", "z");

            assertThat(backend.entriesByTag("x")).isEmpty();
            assertThat(backend.invalidateTag("x")).isZero();
            assertThat(backend.get("a")).isEqualTo("2");
            assertThat(backend.entriesByTag("y")).isEqualTo(Map.of("a", "2"));
            assertThat(backend.invalidateTag("z")).isEqualTo(1);
        }

        @Test
        void bulkAndConditionalPutsReplaceTheTagsToo() {
            backend.put("a", "1", "old");
            backend.put("b", "1", "old");

            backend.putAll(Map.of("a", backend.entry("2", "new"), "c", backend.entry("2", "new")));
            backend.replace("b", backend.entry("2", "new"));
            backend.putIfAbsent("d", backend.entry("2", "new"));

            assertThat(backend.entriesByTag("old")).isEmpty();
            assertThat(backend.entriesByTag("new")).containsOnlyKeys("a", "b", "c", "d");
        }

        @Test
        void aPutThatWasNotLetLeavesTheTags() {
            backend.put("a", "1", "x");

            backend.putIfAbsent("a", backend.entry("2", "y"));
            backend.replace("b", backend.entry("2", "y"));

            assertThat(backend.entriesByTag("x")).isEqualTo(Map.of("a", "1"));
            assertThat(backend.entriesByTag("y")).isEmpty();
        }

        @Test
        void aRemovedEntryLeavesNoTagBehind() {
            backend.put("a", "1", "x");
            backend.put("b", "1", "x");
            backend.put("c", "1", "x");
            backend.put("d", "1", "x");

            backend.remove("a");
            backend.removeAll(List.of("b"));
            backend.expire("c", Duration.ZERO);
            backend.put("d", backend.entry("1", Duration.ZERO, "x"));
            for (String key : List.of("a", "b", "c", "d")) {
                backend.put(key, "2");
            }

            assertThat(backend.entriesByTag("x")).isEmpty();
            assertThat(backend.invalidateTag("x")).isZero();
            assertThat(backend.getAll("a", "b", "c", "d")).hasSize(4);
        }

        @Test
        void anExpiredEntryLeavesNoTagBehind() {
            backend.put("a", backend.entry("1", Duration.ofSeconds(1), "x"));
            contract.clock().advance(Duration.ofSeconds(1));

            backend.put("a", "2");

            assertThat(backend.entriesByTag("x")).isEmpty();
            assertThat(backend.invalidateTag("x")).isZero();
            assertThat(backend.get("a")).isEqualTo("2");
        }

        @Test
        void clearTakesTheTagsAlong() {
            backend.put("a", "1", "x");

            backend.clear();
            backend.put("a", "2");

            assertThat(backend.entriesByTag("x")).isEmpty();
            assertThat(backend.invalidateTag("x")).isZero();
        }

        @Test
        void aTagMayBeUsedAgain() {
            backend.put("a", "1", "x");
            backend.invalidateTag("x");

            backend.put("a", "2", "x");

            assertThat(backend.get("a")).isEqualTo("2");
            assertThat(backend.entriesByTag("x")).isEqualTo(Map.of("a", "2"));
        }

        @Test
        void anyStringIsATag() {
            for (String tag : KeyPromises.ODD_KEYS) {
                backend.put("a", "1", tag);

                assertThat(backend.entriesByTag(tag)).isEqualTo(Map.of("a", "1"));
                assertThat(backend.invalidateTag(tag)).isEqualTo(1);
                assertThat(backend.find("a")).isNull();
            }
        }

        @Test
        void anEntryMayCarryManyTags() {
            String[] tags = new String[200];
            for (int i = 0; i < tags.length; i++) {
                tags[i] = "tag-" + i;
            }
            backend.put("a", "1", tags);

            assertThat(backend.entriesByTag("tag-199")).isEqualTo(Map.of("a", "1"));
            assertThat(backend.invalidateTag("tag-100")).isEqualTo(1);
            assertThat(backend.entriesByTag("tag-199")).isEmpty();
        }
    }

    @Nested
    class ByPattern {

        @BeforeEach
        void needsListing() {
            contract.needs(Capability.LISTING);
        }

        @Test
        void listsTheKeysAndEntriesThatMatch() {
            backend.put("user:1", "ann");
            backend.put("user:2", "bob");
            backend.put("team:1", "red");

            assertThat(backend.keys("user:*")).containsExactly("user:1", "user:2");
            assertThat(backend.keys("*:1")).containsExactly("team:1", "user:1");
            assertThat(backend.keys("user:?")).containsExactly("user:1", "user:2");
            assertThat(backend.keys("[a-t]*")).containsExactly("team:1");
            assertThat(backend.keys("[^a-t]*")).containsExactly("user:1", "user:2");
            assertThat(backend.keys("user")).isEmpty();
            assertThat(backend.keys("")).isEmpty();
            assertThat(backend.keys("*")).hasSize(3);
            assertThat(backend.entries("user:[2-9]")).isEqualTo(Map.of("user:2", "bob"));
        }

        @Test
        void anEscapedCharacterStandsForItself() {
            List<String> keys = List.of("a*c", "abc", "a?c", "a[b]c", "a\\c");
            keys.forEach(key -> backend.put(key, key));

            assertThat(backend.keys("a\\*c")).containsExactly("a*c");
            assertThat(backend.keys("a\\?c")).containsExactly("a?c");
            assertThat(backend.keys("a\\[b\\]c")).containsExactly("a[b]c");
            assertThat(backend.keys("a\\\\c")).containsExactly("a\\c");
            assertThat(backend.keys("a[b]c")).containsExactly("abc");
            assertThat(backend.keys("a*c")).containsExactlyInAnyOrderElementsOf(keys);
        }

        @Test
        void oneCharacterIsOneCodePoint() {
            backend.put("a🦝c", "1");

            assertThat(backend.keys("a?c")).containsExactly("a🦝c");
            assertThat(backend.keys("a??c")).isEmpty();
        }

        @Test
        void removesWhatMatchesAndSaysHowMany() {
            backend.put("user:1", "ann");
            backend.put("user:2", "bob");
            backend.put("team:1", "red");

            assertThat(backend.removeMatching("user:*")).isEqualTo(2);
            assertThat(backend.removeMatching("user:*")).isZero();
            assertThat(backend.keys("*")).containsExactly("team:1");
            assertThat(backend.removeMatching("*")).isEqualTo(1);
        }

        @Test
        void walksThroughMoreThanOnePage() {
            int count = 3 * Pages.PAGE_SIZE + 1;
            Map<String, Entry<V>> entries = new LinkedHashMap<>();
            for (int i = 0; i < count; i++) {
                entries.put("key-" + i, backend.entry("value-" + i));
            }
            backend.putAll(entries);

            assertThat(backend.keys("*")).containsExactlyInAnyOrderElementsOf(entries.keySet());
            assertThat(backend.entries("key-*")).hasSize(count).containsEntry("key-1536", "value-1536");
            assertThat(backend.removeMatching("key-*")).isEqualTo(count);
        }
    }
}
