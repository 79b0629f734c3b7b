package io.larder;

import io.larder.layer.Breaker;
import io.larder.spi.BackendContext;
import io.larder.spi.BackendProvider;
import io.larder.spi.Backends;
import io.larder.url.CacheUrl;
import io.larder.url.TieredUrl;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the caches at one URL share. Immutable.
 *
 * @param backends of the last tier, as the breaker and the spare are
 * @param nearer the tiers in front of it, the nearest first
 * @param breaker null where there is to be none
 * @param spare null where there is to be none
 */
record Place(
        TieredUrl url,
        Backends backends,
        List<NearTier> nearer,
        @Nullable Breaker breaker,
        @Nullable Spare spare) {

    /** Opens {@code url} and its spare; {@code given} opens what has one of its schemes, and {@code provider} the last tier. */
    static Place open(
            TieredUrl url,
            BackendProvider provider,
            @Nullable BackendProvider given,
            OutageRules outage,
            BackendContext context) {
        Place alone = openAlone(url, provider, given, outage, context);
        CacheUrl fallback = outage.fallback();
        if (fallback == null) {
            return alone;
        }
        try {
            Spare spare = Spare.open(url.last(), fallback, given, outage, context);
            return new Place(url, alone.backends, alone.nearer, alone.breaker, spare);
        } catch (RuntimeException failure) {
            alone.close();
            throw failure;
        }
    }

    /** Opens {@code url} without a spare. */
    static Place openAlone(
            TieredUrl url,
            BackendProvider provider,
            @Nullable BackendProvider given,
            OutageRules outage,
            BackendContext context) {
        List<NearTier> nearer = NearTier.open(url, given, context);
        try {
            Breaker breaker = outage.failuresMax() == 0
                    ? null
                    : new Breaker(url.last().toString(), outage.failuresMax(), outage.pause(), context.clock());
            return new Place(url, provider.open(url.last(), context), nearer, breaker, null);
        } catch (RuntimeException failure) {
            NearTier.close(nearer);
            throw failure;
        }
    }

    void close() {
        List<Runnable> closers = new ArrayList<>(List.of(backends::close, () -> NearTier.close(nearer)));
        if (spare != null) {
            closers.add(spare.backends()::close);
        }
        Larder.closeAll(closers);
    }
}
