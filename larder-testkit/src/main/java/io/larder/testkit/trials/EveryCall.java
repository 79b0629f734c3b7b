package io.larder.testkit.trials;

import io.larder.AsyncCache;
import io.larder.Cache;
import io.larder.LarderException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Each call that reaches a server, in both views, by its name. Confined to one thread. */
public final class EveryCall {

    private static final long SECONDS_MAX = 20;
    private static final List<String> KEYS = List.of("a", "b");
    private static final Map<String, Long> VALUES = Map.of("a", 1L, "b", 2L);

    private final Map<String, Callable<Object>> reads = new LinkedHashMap<>();
    private final Map<String, Callable<Object>> others = new LinkedHashMap<>();

    /** Makes the calls of one cache, which need not have entries. */
    public EveryCall(Cache<String, Long> cache) {
        addReads(cache);
        addReads(cache.async());
        addOthers(cache);
        addOthers(cache.async());
    }

    private void addReads(Cache<String, Long> cache) {
        reads.put("get", () -> cache.get("a"));
        reads.put("get with a loader", () -> cache.get("b", key -> 2L));
        reads.put("find", () -> cache.find("a"));
        reads.put("contains", () -> cache.contains("a"));
        reads.put("getAll", () -> cache.getAll(KEYS));
        reads.put("getAll with a loader", () -> cache.getAll(KEYS, missing -> VALUES));
    }

    private void addReads(AsyncCache<String, Long> cache) {
        reads.put("async get", () -> cache.get("a").join());
        reads.put(
                "async get with a loader",
                () -> cache.get("c", key -> CompletableFuture.completedFuture(3L))
                        .join());
        reads.put("async find", () -> cache.find("a").join());
        reads.put("async contains", () -> cache.contains("a").join());
        reads.put("async getAll", () -> cache.getAll(KEYS).join());
        reads.put(
                "async getAll with a loader",
                () -> cache.getAll(KEYS, missing -> VALUES).join());
    }

    private void addOthers(Cache<String, Long> cache) {
        others.put("put", told(() -> cache.put("a", 1L)));
        others.put("putAll", told(() -> cache.putAll(VALUES)));
        others.put("putIfAbsent", () -> cache.putIfAbsent("a", 1L));
        others.put("replace", () -> cache.replace("a", 1L));
        others.put("remove", () -> cache.remove("a"));
        others.put("removeAll", () -> cache.removeAll(KEYS));
        others.put("expire", () -> cache.expire("a", Duration.ofMinutes(1)));
        others.put("invalidateTag", () -> cache.invalidateTag("x"));
        others.put("entriesByTag", () -> cache.entriesByTag("x").toList());
        others.put("keys", () -> cache.keys("a*").toList());
        others.put("entries", () -> cache.entries("a*").toList());
        others.put("removeMatching", () -> cache.removeMatching("a*"));
        others.put("clear", told(cache::clear));
        others.put("add", () -> cache.counters().add("n", 1));
        others.put("ping", told(cache::ping));
        others.put("stats", cache::stats);
    }

    private void addOthers(AsyncCache<String, Long> cache) {
        others.put("async put", () -> cache.put("a", 1L).join());
        others.put("async putAll", () -> cache.putAll(VALUES).join());
        others.put("async putIfAbsent", () -> cache.putIfAbsent("a", 1L).join());
        others.put("async replace", () -> cache.replace("a", 1L).join());
        others.put("async remove", () -> cache.remove("a").join());
        others.put("async removeAll", () -> cache.removeAll(KEYS).join());
        others.put(
                "async expire", () -> cache.expire("a", Duration.ofMinutes(1)).join());
        others.put("async invalidateTag", () -> cache.invalidateTag("x").join());
        others.put("async entriesByTag", () -> cache.entriesByTag("x").next().join());
        others.put("async keys", () -> cache.keys("a*").next().join());
        others.put("async entries", () -> cache.entries("a*").next().join());
        others.put("async removeMatching", () -> cache.removeMatching("a*").join());
        others.put("async clear", () -> cache.clear().join());
        others.put("async add", () -> cache.counters().add("n", 1).join());
        others.put("async ping", () -> cache.ping().join());
        others.put("async stats", () -> cache.stats().join());
    }

    private static Callable<Object> told(Runnable call) {
        return () -> {
            call.run();
            return "done";
        };
    }

    /** Makes all reads at once and returns what each ended with: its answer, or its {@link LarderException}. */
    public Map<String, Object> reads() throws Exception {
        return ends(reads);
    }

    /** Makes all other calls at once, as {@link #reads}. */
    public Map<String, Object> others() throws Exception {
        return ends(others);
    }

    private static Map<String, Object> ends(Map<String, Callable<Object>> calls) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(calls.size());
        try {
            Map<String, Future<Object>> running = new LinkedHashMap<>();
            calls.forEach((name, call) -> running.put(name, pool.submit(() -> end(call))));
            Map<String, Object> ends = new LinkedHashMap<>();
            for (Map.Entry<String, Future<Object>> call : running.entrySet()) {
                ends.put(call.getKey(), call.getValue().get(SECONDS_MAX, TimeUnit.SECONDS));
            }
            return ends;
        } finally {
            pool.shutdownNow();
        }
    }

    private static Object end(Callable<Object> call) throws Exception {
        try {
            return String.valueOf(call.call());
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof LarderException told) {
                return told;
            }
            throw failure;
        } catch (LarderException failure) {
            return failure;
        }
    }
}
