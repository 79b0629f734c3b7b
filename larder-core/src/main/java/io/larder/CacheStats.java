package io.larder;

import io.larder.spi.BackendInfo;
import java.time.Duration;

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
 * @param loadTime spent in loaders, altogether
 * @param errors failures of the backend, and values that could not be decoded
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
        Duration loadTime,
        long errors,
        BackendInfo backend) {

    /** Returns the share of reads that were hits, 0 when there were none. */
    public double hitRatio() {
        return hits + misses == 0 ? 0 : (double) hits / (hits + misses);
    }
}
