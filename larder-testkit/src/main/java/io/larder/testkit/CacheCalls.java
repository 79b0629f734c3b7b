package io.larder.testkit;

import io.larder.Cache;
import io.larder.spi.Capability;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Every call that asks the backend, by its name, about key "a" and tag "x". */
final class CacheCalls {

    private CacheCalls() {}

    /** Returns the calls that may be answered as misses. */
    static Map<String, ThrowingCallable> reads(Cache<String, String> cache) {
        Map<String, ThrowingCallable> calls = new LinkedHashMap<>();
        calls.put("get", () -> cache.get("a"));
        calls.put("get with a loader", () -> cache.get("a", key -> "1"));
        calls.put("find", () -> cache.find("a"));
        calls.put("contains", () -> cache.contains("a"));
        calls.put("getAll", () -> cache.getAll(List.of("a")));
        calls.put("getAll with a loader", () -> cache.getAll(List.of("a"), keys -> Map.of("a", "1")));
        return calls;
    }

    /** Returns the calls that have to say when they failed. */
    static Map<String, ThrowingCallable> writesAndListings(Cache<String, String> cache, Set<Capability> capabilities) {
        Map<String, ThrowingCallable> calls = new LinkedHashMap<>();
        calls.put("put", () -> cache.put("a", "2"));
        calls.put("putAll", () -> cache.putAll(Map.of("a", "2")));
        calls.put("putIfAbsent", () -> cache.putIfAbsent("a", "2"));
        calls.put("replace", () -> cache.replace("a", "2"));
        calls.put("remove", () -> cache.remove("a"));
        calls.put("removeAll", () -> cache.removeAll(List.of("a")));
        calls.put("expire", () -> cache.expire("a", Duration.ofDays(1)));
        calls.put("clear", cache::clear);
        calls.put("ping", cache::ping);
        calls.put("stats", cache::stats);
        if (capabilities.contains(Capability.TAGS)) {
            calls.put("invalidateTag", () -> cache.invalidateTag("x"));
            calls.put("entriesByTag", () -> cache.entriesByTag("x").toList());
        }
        if (capabilities.contains(Capability.LISTING)) {
            calls.put("removeMatching", () -> cache.removeMatching("*"));
            calls.put("keys", () -> cache.keys("*").toList());
            calls.put("entries", () -> cache.entries("*").toList());
        }
        return calls;
    }
}
