package io.larder.micrometer;

import io.larder.Larder;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Binds the counts of every cache of a {@link Larder} to a registry, those of caches that are opened later included. Thread-safe.
 *
 * <p>Costs nothing until the registry is read, and asks no backend outside this process even then.
 */
public final class LarderMetrics implements MeterBinder {

    private final Larder larder;
    private final Tags tags;

    /** Makes one whose meters have {@code tags} beside the name of their cache; two Larders with caches of the same name need different ones. */
    public LarderMetrics(Larder larder, Iterable<Tag> tags) {
        this.larder = larder;
        this.tags = Tags.of(tags);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        larder.eachCache(cache -> new CacheMetrics(cache, tags).bindTo(registry));
    }
}
