package io.larder.spring.boot;

import io.larder.Cache;
import io.larder.CacheEntry;
import io.larder.CacheStats;
import io.larder.spring.LarderCaches;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/** The endpoint {@code larder}: caches with their counts, keys with their tags, and removal by key pattern or tag. Never a value. */
@Endpoint(id = "larder")
public final class LarderEndpoint {

    private static final int KEYS_MAX = 1_000;

    private final LarderCaches caches;

    /** A cache of one version. */
    public record CacheLine(
            String address,
            long hits,
            long misses,
            long puts,
            long removals,
            long loads,
            long loadFailures,
            long errors) {}

    /** Keys, and the tags of each; {@code more} when there are others than were asked for. */
    public record Keys(Map<String, Set<String>> keys, boolean more) {}

    /** How many entries were removed, or -1 when all were and nobody counted. */
    public record Removed(long entries) {}

    /** Makes one. */
    public LarderEndpoint(LarderCaches caches) {
        this.caches = caches;
    }

    /** Returns the caches that are open, by name. */
    @ReadOperation
    public Map<String, List<CacheLine>> caches() {
        Map<String, List<CacheLine>> lines = new TreeMap<>();
        caches.open()
                .forEach((name, all) -> lines.put(
                        name, all.stream().map(cache -> line(cache.stats())).toList()));
        return lines;
    }

    private static CacheLine line(CacheStats stats) {
        return new CacheLine(
                stats.backend().address(),
                stats.hits(),
                stats.misses(),
                stats.puts(),
                stats.removals(),
                stats.loads(),
                stats.loadFailures(),
                stats.errors());
    }

    /** Returns keys of a cache, those with {@code tag} or those that match {@code glob}; null where there is no such cache. */
    @ReadOperation
    public @Nullable Keys keys(
            @Selector String cache, @Nullable String tag, @Nullable String glob, @Nullable Integer limit) {
        Collection<Cache<String, Object>> all = caches.open().get(cache);
        if (all == null) {
            return null;
        }
        int keysMax = limit == null ? KEYS_MAX : Math.max(0, Math.min(limit, KEYS_MAX));
        Map<String, Set<String>> keys = new LinkedHashMap<>();
        boolean more = false;
        for (Cache<String, Object> each : all) {
            try (Stream<CacheEntry<String, Object>> found =
                    tag != null ? each.entriesByTag(tag) : each.entries(glob == null ? "*" : glob)) {
                List<CacheEntry<String, Object>> some =
                        new ArrayList<>(found.limit(keysMax - keys.size() + 1L).toList());
                more |= some.size() > keysMax - keys.size();
                some.stream().limit(keysMax - keys.size()).forEach(entry -> keys.put(entry.key(), entry.tags()));
            }
        }
        return new Keys(keys, more);
    }

    /** Removes entries of a cache: those with {@code tag}, or those that match {@code glob}, or all; null where there is no such cache. */
    @DeleteOperation
    public @Nullable Removed remove(@Selector String cache, @Nullable String tag, @Nullable String glob) {
        Collection<Cache<String, Object>> all = caches.open().get(cache);
        if (all == null) {
            return null;
        }
        if (tag == null && glob == null) {
            all.forEach(Cache::clear);
            return new Removed(-1);
        }
        return new Removed(all.stream()
                .mapToLong(each -> tag == null ? each.removeMatching(String.valueOf(glob)) : each.invalidateTag(tag))
                .sum());
    }
}
