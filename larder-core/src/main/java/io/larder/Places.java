package io.larder;

import io.larder.spi.BackendContext;
import io.larder.spi.BackendProvider;
import io.larder.url.CacheUrl;
import io.larder.url.ParameterSet;
import io.larder.url.Parameters;
import io.larder.url.TieredUrl;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Opens URLs, each backend once for all caches that can share it. Thread-safe once all plans are made. */
final class Places {

    private final TieredUrl main;
    private final @Nullable BackendProvider given;
    private final BackendContext context;
    private final Map<TieredUrl, Place> byUrl = new HashMap<>();
    /** Those that {@link #openAlone} has opened, as long as they are. */
    private final List<Place> alone = new CopyOnWriteArrayList<>();

    /** Makes one; {@code given} opens all that has one of its schemes. */
    Places(TieredUrl main, @Nullable BackendProvider given, BackendContext context) {
        this.main = main;
        this.given = given;
        this.context = context;
    }

    /** Returns who opens {@code last}, which may have the parameters of that and {@code others}. */
    private BackendProvider provider(CacheUrl last, ParameterSet others) {
        BackendProvider provider = Providers.backend(last, given);
        NearTier.requireLast(last);
        provider.parameters().and(others).check(last);
        return provider;
    }

    /** Returns where the entries of a cache go, opening what is not open yet. */
    CachePlan plan(TieredUrl url, Map<String, CacheUrl> routes) {
        BackendProvider provider = provider(url.last(), CacheDefaults.PARAMETERS);
        CacheDefaults defaults = CacheDefaults.of(url.last());
        Place place = at(url, provider, defaults.outage());
        Map<String, CachePlan> byPrefix = new LinkedHashMap<>();
        routes.forEach((prefix, route) -> byPrefix.put(prefix, plan(TieredUrl.of(route), Map.of())));
        return new CachePlan(url.last(), place, defaults, byPrefix);
    }

    /** Opens {@code url} for one cache, without a spare. */
    Place openAlone(TieredUrl url, OutageRules outage) {
        BackendProvider provider = provider(url.last(), CacheDefaults.OF_BACKENDS);
        Place place = Place.openAlone(url, provider, given, outage, context);
        alone.add(place);
        return place;
    }

    /** Returns what the caches at {@code url} share, which its other parameters have no say in. */
    private Place at(TieredUrl url, BackendProvider provider, OutageRules outage) {
        CacheUrl last = url.last();
        List<CacheUrl> tiers = new ArrayList<>(url.nearer());
        tiers.add(last.with(only(provider.parameters().and(CacheDefaults.OF_PLACES), last.parameters())));
        TieredUrl shared = new TieredUrl(tiers);
        Place place = byUrl.get(shared);
        if (place == null) {
            // What others share is called by what they share.
            place = Place.open(url.equals(main) ? url : shared, provider, given, outage, context);
            byUrl.put(shared, place);
        }
        return place;
    }

    private static Parameters only(ParameterSet kept, Parameters given) {
        Map<String, String> values = new LinkedHashMap<>();
        kept.parameters().forEach(parameter -> {
            String value = given.text(parameter.name());
            if (value != null) {
                values.put(parameter.name(), value);
            }
        });
        return new Parameters(values, "");
    }

    /** Notes that what {@link #openAlone} has opened is about to be closed. */
    void forget(Place place) {
        alone.remove(place);
    }

    /** Returns what is open for caches, one for each URL. */
    Collection<Place> all() {
        Map<TieredUrl, Place> all = new LinkedHashMap<>();
        byUrl.values().forEach(place -> all.put(place.url(), place));
        alone.forEach(place -> all.putIfAbsent(place.url(), place));
        return all.values();
    }

    /** Returns whether {@code place} is open, and will be for now: it is not when its cache was taken elsewhere. */
    boolean isOpen(Place place) {
        return alone.contains(place) || byUrl.containsValue(place);
    }

    void close() {
        Larder.closeAll(
                byUrl.values().stream().map(place -> (Runnable) place::close).toList());
    }
}
