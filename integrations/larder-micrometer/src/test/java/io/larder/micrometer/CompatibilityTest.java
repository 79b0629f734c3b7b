package io.larder.micrometer;

import io.larder.Cache;
import io.larder.Larder;
import io.larder.testkit.FakeClock;
import io.larder.testkit.ReferenceProvider;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.cache.CacheMeterBinder;
import io.micrometer.core.instrument.binder.cache.CacheMeterBinderCompatibilityKit;

/** What Micrometer asks of every binder of a cache; it drops the cache to see it collected, so nobody here may hold it. */
class CompatibilityTest extends CacheMeterBinderCompatibilityKit<Cache<?, ?>> {

    @Override
    public Cache<?, ?> createCache() {
        return Larder.builder("reference:")
                .provider(ReferenceProvider.byReference())
                .clock(new FakeClock())
                .build()
                .cache("mycache", String.class, String.class)
                .build();
    }

    @Override
    public CacheMeterBinder<Cache<?, ?>> binder() {
        return new CacheMetrics(cache, Tags.empty());
    }

    @Override
    public void put(String key, String value) {
        texts().put(key, value);
    }

    @Override
    public String get(String key) {
        return texts().get(key);
    }

    @SuppressWarnings("unchecked")
    private Cache<String, String> texts() {
        return (Cache<String, String>) cache;
    }
}
