package io.larder.bench.summary;

import io.larder.bench.load.LoadCell;
import io.larder.bench.load.LoadMatrix;
import io.larder.bench.traces.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** All goals, in the order of the table. */
final class Goals {

    private static final String LARDER = "LARDER";
    private static final String SPEED = "calls_per_second";
    private static final String BUSY = "Program and server share two processors, and both are busy.";
    private static final String SWITCHES = BUSY
            + " Each call needs its caller's thread to run once, which a batch makes no cheaper. Tried: parking them, more yields, smaller"
            + " batches of which more are under way, more connections (ADR 11, 28).";
    private static final String TOGETHER =
            "Who shares a batch waits for all of it. Tried: letting those who were answered gather before"
                    + " the next batch leaves, which is fairer and lets fewer calls through.";
    private static final String CACHE2K =
            "Of these cache2k alone is ahead: its entries are smaller, and it has no layers to pass (ADR 4).";

    private static final List<String> MEMORY_PEERS = List.of("CACHE2K", "SPRING", "EHCACHE", "JETCACHE");
    private static final List<String> MEMCACHED_PEERS =
            List.of("FOLSOM", "FOLSOM_POOL", "SPYMEMCACHED", "XMEMCACHED", "XMEMCACHED_POOL");
    private static final List<Integer> DISK_BYTES = List.of(100, 1_024, 100 * 1_024);

    private Goals() {}

    static List<Goal> all() {
        List<Goal> goals = new ArrayList<>();
        memory(goals);
        redis(goals);
        memcached(goals);
        tiers(goals);
        disk(goals);
        return goals;
    }

    private static void memory(List<Goal> goals) {
        for (int threads : List.of(1, 8)) {
            Map<String, String> hit = Map.of("workload", "getHit", "threads", String.valueOf(threads));
            String work = "Memory, a hit with ttl, tags and statistics, " + threadsText(threads);
            goals.add(new Goal(
                    work + ", of Caffeine with only a bound", 1.1, memory(hit, List.of("CAFFEINE_BOUND_ONLY")), ""));
            goals.add(new Goal(
                    work + ", of the best of cache2k, Spring, Ehcache, JetCache",
                    1,
                    memory(hit, MEMORY_PEERS),
                    CACHE2K));
        }
        for (Trace trace : Trace.values()) {
            goals.add(new Goal(
                    "Memory, hits on the trace *" + trace.label() + "*, of Caffeine's",
                    0.99,
                    new Ratio(
                            "traces",
                            Map.of("trace", trace.name()),
                            "peer",
                            LARDER,
                            List.of("CAFFEINE"),
                            "hit_percent"),
                    ""));
        }
    }

    private static Ratio memory(Map<String, String> where, List<String> rivals) {
        return new Ratio("memory", where, "peer", LARDER, rivals, SPEED);
    }

    private static void redis(List<Goal> goals) {
        for (int bytes : LoadMatrix.STANDARD.valueBytes()) {
            String of = ", of Lettuce sync, " + LoadCell.sizeText(bytes);
            goals.add(new Goal("Redis get, 64 threads" + of, 5, redis("get", 64, bytes, SPEED), SWITCHES));
            goals.add(
                    new Goal("The same, p99, how many times as short", 1, redis("get", 64, bytes, "p99_us"), TOGETHER));
            goals.add(new Goal(
                    "The same, client CPU a call, how many times as little",
                    1,
                    redis("get", 64, bytes, "client_cpu_us_per_call"),
                    ""));
            goals.add(new Goal(
                    "The same, server CPU a call, how many times as little",
                    1,
                    redis("get", 64, bytes, "server_cpu_us_per_call"),
                    ""));
            goals.add(new Goal("Redis put, 64 threads" + of, 3, redis("put", 64, bytes, SPEED), SWITCHES));
            goals.add(new Goal("Redis get, 1 thread" + of, 0.95, redis("get", 1, bytes, SPEED), ""));
        }
        goals.add(new Goal(
                "Redis get, 256 virtual threads, of Lettuce sync, 64 B",
                5,
                redis("virtual", "get", 256, 64, SPEED),
                BUSY));
    }

    private static Ratio redis(String workload, int threads, int valueBytes, String figure) {
        return redis("redis", workload, threads, valueBytes, figure);
    }

    private static Ratio redis(String suite, String workload, int threads, int valueBytes, String figure) {
        return new Ratio(suite, load(workload, threads, valueBytes), "client", LARDER, List.of("LETTUCE"), figure);
    }

    private static void memcached(List<Goal> goals) {
        for (int bytes : LoadMatrix.STANDARD.valueBytes()) {
            goals.add(new Goal(
                    "Memcached get, 64 threads, of the best of folsom, spymemcached, xmemcached, "
                            + LoadCell.sizeText(bytes),
                    2,
                    new Ratio("memcached", load("get", 64, bytes), "client", LARDER, MEMCACHED_PEERS, SPEED),
                    SWITCHES));
        }
    }

    private static Map<String, String> load(String workload, int threads, int valueBytes) {
        return Map.of(
                "workload", workload, "threads", String.valueOf(threads), "value_bytes", String.valueOf(valueBytes));
    }

    private static void tiers(List<Goal> goals) {
        for (int threads : List.of(1, 8)) {
            goals.add(new Goal(
                    "A hit in the near tier, " + threadsText(threads) + ", of memory alone",
                    0.8,
                    new Ratio(
                            "tiers",
                            Map.of("part", "near", "threads", String.valueOf(threads)),
                            "cache",
                            LARDER,
                            List.of("MEMORY"),
                            "near_hits_per_second"),
                    ""));
        }
    }

    private static void disk(List<Goal> goals) {
        for (int bytes : DISK_BYTES) {
            for (int callers : List.of(1, 8)) {
                for (String call : List.of("get", "set")) {
                    String who = callers == 1 ? "1 caller" : callers + " callers";
                    goals.add(new Goal(
                            "Disk %s, %s, %s, of python-diskcache at the median"
                                    .formatted(call, LoadCell.sizeText(bytes), who),
                            3,
                            new Ratio(
                                    "disk",
                                    Map.of("value_bytes", String.valueOf(bytes), "callers", String.valueOf(callers)),
                                    "peer",
                                    LARDER,
                                    List.of("DISKCACHE"),
                                    call + "_p50_us"),
                            ""));
                }
            }
        }
    }

    private static String threadsText(int threads) {
        return threads == 1 ? "1 thread" : threads + " threads";
    }
}
