package io.larder;

import io.larder.spi.BackendInfo;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BinaryOperator;

/**
 * Counts since the cache was built, in this process. Immutable.
 *
 * @param hits reads answered from the cache; each key of a bulk read counts
 * @param staleHits hits whose answer was stale
 * @param misses reads that found nothing to answer with
 * @param puts entries written by the caller
 * @param removals entries removed or invalidated by the caller
 * @param loads values that a loader brought, "none" included
 * @param loadFailures loaders that failed
 * @param loadsDropped values not stored because they were invalidated while they loaded, or because the cache was off
 * @param loadTimes of loaders, those that failed included; a bulk loader counts once for all its keys
 * @param callTimes of calls of a backend outside this process, if somebody observes them: {@link LarderBuilder#observer}
 * @param errorsByKind failures of the backend, and values that could not be decoded
 * @param farReadsByTier keys that a tier after the nearest was asked for, because no nearer one had a copy, by its number; the nearest is 1
 * @param countsByTag of the tags that {@code count-tags} names in the URL
 * @param backend what the backend tells about itself
 */
public record CacheStats(
        long hits,
        long staleHits,
        long misses,
        long puts,
        long removals,
        long loads,
        long loadFailures,
        long loadsDropped,
        TimeSummary loadTimes,
        TimeSummary callTimes,
        Map<ErrorKind, Long> errorsByKind,
        Map<Integer, Long> farReadsByTier,
        Map<String, TagCounts> countsByTag,
        BackendInfo backend) {

    /** Copies the maps. */
    public CacheStats {
        errorsByKind = Map.copyOf(errorsByKind);
        farReadsByTier = Map.copyOf(farReadsByTier);
        countsByTag = Map.copyOf(countsByTag);
    }

    /** Returns the number of errors, of any kind. */
    public long errors() {
        return errorsByKind.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Returns the time spent in loaders, altogether. */
    public Duration loadTime() {
        return loadTimes.total();
    }

    /** Returns the share of reads that were hits, 0 when there were none. */
    public double hitRatio() {
        return hits + misses == 0 ? 0 : (double) hits / (hits + misses);
    }

    /** Returns these counts and those of {@code other}, as counts of two processes; the backend's are these. */
    public CacheStats plus(CacheStats other) {
        return new CacheStats(
                hits + other.hits,
                staleHits + other.staleHits,
                misses + other.misses,
                puts + other.puts,
                removals + other.removals,
                loads + other.loads,
                loadFailures + other.loadFailures,
                loadsDropped + other.loadsDropped,
                loadTimes.plus(other.loadTimes),
                callTimes.plus(other.callTimes),
                sums(errorsByKind, other.errorsByKind, Long::sum),
                sums(farReadsByTier, other.farReadsByTier, Long::sum),
                sums(countsByTag, other.countsByTag, TagCounts::plus),
                backend);
    }

    private static <T, C> Map<T, C> sums(Map<T, C> one, Map<T, C> other, BinaryOperator<C> plus) {
        Map<T, C> sums = new HashMap<>(one);
        other.forEach((of, count) -> sums.merge(of, count, plus));
        return sums;
    }
}
