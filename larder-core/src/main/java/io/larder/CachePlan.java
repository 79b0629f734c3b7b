package io.larder;

import io.larder.url.CacheUrl;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Where the entries of a cache go, and what holds for it where its builder says nothing. Immutable.
 *
 * @param routes where the keys with a prefix go instead, by that prefix; these have no routes
 */
record CachePlan(CacheUrl url, Place place, CacheDefaults defaults, Map<String, CachePlan> routes) {

    /** Returns what {@code opener} opens for each prefix, once for each place; {@code rest} is open already, for the place of all others. */
    <T> Map<String, T> openRoutes(T rest, Function<CachePlan, T> opener) {
        Map<Place, T> byPlace = new HashMap<>();
        byPlace.put(place, rest);
        Map<String, T> byPrefix = new LinkedHashMap<>();
        routes.forEach((prefix, route) ->
                byPrefix.put(prefix, byPlace.computeIfAbsent(route.place, absent -> opener.apply(route))));
        return byPrefix;
    }
}
