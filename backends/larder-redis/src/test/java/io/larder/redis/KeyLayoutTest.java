package io.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.codec.KeyBytes;
import io.larder.spi.CacheScope;
import io.lettuce.core.cluster.SlotHash;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyLayoutTest {

    private static final CacheScope SCOPE = new CacheScope("shop", "users", 2);
    private final KeyLayout alone = KeyLayout.of(SCOPE, false);
    private final KeyLayout cluster = KeyLayout.of(SCOPE, true);

    private static String text(byte[] name) {
        return new String(name, StandardCharsets.ISO_8859_1);
    }

    @Test
    void readsLikeAPath() {
        assertThat(text(alone.entry(EntryPlace.of("42", alone)))).isEqualTo("larder:shop:users:2:e:42");
        assertThat(text(alone.tagSet(0, "team:7"))).isEqualTo("larder:shop:users:2:t:team:7");
        assertThat(text(cluster.entry(EntryPlace.of("42", cluster)))).matches("larder:shop:users:2:\\{\\d+}:e:42");
    }

    @Test
    void everyBucketHasItsOwnRangeOfSlots() {
        int slotsPerBucket = SlotHash.SLOT_COUNT / cluster.buckets();

        List<Integer> ranges = IntStream.range(0, cluster.buckets())
                .mapToObj(bucket -> SlotHash.getSlot(cluster.prefix(bucket)) / slotsPerBucket)
                .toList();

        assertThat(ranges).doesNotHaveDuplicates().hasSize(KeyLayout.BUCKETS);
    }

    @Test
    void allNamesOfABucketShareItsSlot() {
        EntryPlace place = EntryPlace.of("a{b}c", cluster);
        int slot = SlotHash.getSlot(cluster.prefix(place.bucket()));

        assertThat(List.of(
                        cluster.entry(place),
                        cluster.tagSet(place.bucket(), "x{y}"),
                        cluster.neverThere(place.bucket())))
                .allMatch(name -> SlotHash.getSlot(name) == slot);
    }

    @Test
    void keysSpreadOverAllBuckets() {
        Set<Integer> buckets = new HashSet<>();
        for (int i = 0; i < 2_000; i++) {
            buckets.add(EntryPlace.of("key-" + i, cluster).bucket());
        }

        assertThat(buckets).hasSize(KeyLayout.BUCKETS);
    }

    @Test
    void keysWithTheSameTextInBracesShareABucket() {
        assertThat(EntryPlace.of("{user:1}:name", cluster).bucket())
                .isEqualTo(EntryPlace.of("{user:1}:mail", cluster).bucket());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "{0}:e:b", "}:e:", "e:", "larder:shop:users:2:e:a", "é🦝", "\uD83E"})
    void theKeyIsReadBackFromTheName(String key) {
        for (KeyLayout layout : List.of(alone, cluster)) {
            byte[] name = layout.entry(EntryPlace.of(key, layout));

            assertThat(layout.keyIn(name)).isEqualTo(KeyBytes.encode(key));
        }
    }

    @Test
    void noTwoScopesShareANameOrAGlob() {
        List<CacheScope> scopes = List.of(
                new CacheScope("", "a", 1),
                new CacheScope("", "a", 11),
                new CacheScope("a", "", 1),
                new CacheScope("a", "b", 1),
                new CacheScope("a:b", "", 1),
                new CacheScope("", "a:b", 1),
                new CacheScope("a%3Ab", "", 1),
                new CacheScope("a*", "b", 1),
                new CacheScope("é", "b", 1),
                new CacheScope("{a}", "b", 1));

        assertThat(scopes)
                .map(scope -> text(KeyLayout.of(scope, false).prefix(0)))
                .doesNotHaveDuplicates()
                .allMatch(prefix -> prefix.matches("[A-Za-z0-9._:%-]+"));
    }

    @Test
    void theGlobEscapesWhatIsSpecialInAKey() {
        assertThat(text(alone.entriesGlob("a*[b]?\\^"))).isEqualTo("larder:shop:users:2:e:a\\*\\[b\\]\\?\\\\\\^*");
        assertThat(text(cluster.entriesGlob(""))).isEqualTo("larder:shop:users:2:{*}:e:*");
    }
}
