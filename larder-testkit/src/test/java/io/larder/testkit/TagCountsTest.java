package io.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.Cache;
import io.larder.ConfigException;
import io.larder.EntryOptions;
import io.larder.TagCounts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is counted of entries by their tags. */
@Timeout(60)
class TagCountsTest extends ObservingFixture {

    private static final EntryOptions OF_TEAM = EntryOptions.tagged("team:7", "user:42");

    private Cache<String, byte[]> counting() {
        return cache(builder("?count-tags=team:7,pages"));
    }

    private static Map<String, TagCounts> team(long hits, long puts, long removals) {
        return Map.of("team:7", new TagCounts(hits, puts, removals), "pages", new TagCounts(0, 0, 0));
    }

    @Test
    void onlyThoseThatAreNamedAreCounted() {
        Cache<String, byte[]> cache = counting();
        assertThat(cache.counts().countsByTag()).isEqualTo(team(0, 0, 0));

        cache.put("a", new byte[1], OF_TEAM);
        cache.putAll(Map.of("b", new byte[1], "c", new byte[1]), OF_TEAM);
        cache.put("untagged", new byte[1]);
        cache.putIfAbsent("a", new byte[2], OF_TEAM);
        cache.get("a");
        cache.getAll(List.of("a", "b", "untagged", "missing"));
        cache.find("c");
        cache.get("untagged");
        cache.invalidateTag("team:7");
        cache.get("a");

        assertThat(cache.counts().countsByTag()).isEqualTo(team(4, 3, 3));
        assertThat(cache.stats().countsByTag()).isEqualTo(team(4, 3, 3));
    }

    @Test
    void aReadThroughIsAPutAndThenHits() {
        Cache<String, byte[]> cache = counting();

        cache.get("a", key -> new byte[1], OF_TEAM);
        cache.get("a", key -> new byte[2], OF_TEAM);
        cache.get("a", key -> new byte[2], OF_TEAM.staleFor(Duration.ofMinutes(1)));

        assertThat(cache.counts().countsByTag()).isEqualTo(team(2, 1, 0));
        assertThat(cache.counts().hits()).isEqualTo(2);
    }

    @Test
    void whatIsStaleIsNoHit() {
        Cache<String, byte[]> cache = counting();
        cache.put("a", new byte[1], OF_TEAM.withTtl(Duration.ofSeconds(1)).staleFor(Duration.ofMinutes(1)));

        clock.advance(Duration.ofSeconds(2));
        cache.find("a");
        cache.get("a");

        assertThat(cache.counts().countsByTag()).isEqualTo(team(0, 1, 0));
    }

    @Test
    void thereIsALimit() {
        String many = IntStream.rangeClosed(1, 101).mapToObj(Integer::toString).collect(Collectors.joining(","));

        assertThatThrownBy(() -> cache(builder("?count-tags=" + many)))
                .isInstanceOf(ConfigException.class)
                .hasMessage("'count-tags' must be at most 100 names, were 101");
        assertThat(cache(builder("")).counts().countsByTag()).isEmpty();
    }
}
