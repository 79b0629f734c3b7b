package io.larder.micrometer;

import io.larder.Cache;
import io.larder.CacheStats;
import io.larder.spi.BackendInfo;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.cache.CacheMeterBinder;
import org.jspecify.annotations.Nullable;

/** Binds the counts of one cache to a registry. Thread-safe. */
public final class CacheMetrics extends CacheMeterBinder<Cache<?, ?>> {

    /** Makes one whose meters have {@code tags}, and a tag {@code cache}: the name, with the namespace before it and the version after it. */
    public CacheMetrics(Cache<?, ?> cache, Iterable<Tag> tags) {
        super(cache, cache.scope().toString(), tags);
    }

    @Override
    protected @Nullable Long size() {
        CacheStats counts = counts();
        return counts == null ? null : known(counts.backend().entries());
    }

    @Override
    protected long hitCount() {
        CacheStats counts = counts();
        return counts == null ? 0 : counts.hits();
    }

    @Override
    protected Long missCount() {
        CacheStats counts = counts();
        return counts == null ? 0 : counts.misses();
    }

    @Override
    protected @Nullable Long evictionCount() {
        CacheStats counts = counts();
        return counts == null ? null : known(counts.backend().evictions());
    }

    /** Returns how many were put by callers or brought by loaders, as the meter is meant. */
    @Override
    protected long putCount() {
        CacheStats counts = counts();
        return counts == null ? 0 : counts.puts() + counts.loads();
    }

    /** Returns the counts, null when the cache is gone: a meter does not keep one that nobody else keeps. */
    private @Nullable CacheStats counts() {
        Cache<?, ?> cache = getCache();
        return cache == null ? null : cache.counts();
    }

    private static @Nullable Long known(long count) {
        return count == BackendInfo.UNKNOWN ? null : count;
    }

    @Override
    protected void bindImplementationSpecificMetrics(MeterRegistry registry) {
        Cache<?, ?> cache = getCache();
        if (cache != null) {
            new OwnMeters(registry, cache, Tags.of(getTagsWithCacheName())).bind();
        }
    }
}
