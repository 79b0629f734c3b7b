package io.larder.bench.load;

import io.larder.bench.worker.Crew;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Callers in a closed loop: each waits for its answer before it asks again. Confined to one thread, which starts the callers.
 *
 * <p>What comes back is looked at, because a miss is faster than a hit.
 */
final class Load {

    private static final int FILLERS = 16;
    private static final int DIGITS = 3;
    private static final Duration LATENCY_MAX = Duration.ofMinutes(1);
    private static final long SEED = 42;

    private final RemoteCache cache;
    private final Crew.Kind callers;
    private final ProcessorTime client;
    private final ProcessorTime server;
    private final LoadKeys keys;

    /** What one caller did, and in what time. */
    private record Lap(Histogram latencies, long nanos) {

        double callsPerSecond() {
            return latencies.getTotalCount() * 1e9 / nanos;
        }
    }

    Load(RemoteCache cache, String keyPrefix, Crew.Kind callers, ProcessorTime client, ProcessorTime server) {
        this.cache = cache;
        this.keys = new LoadKeys(keyPrefix);
        this.callers = callers;
        this.client = client;
        this.server = server;
    }

    void fill(int valueBytes) {
        byte[] value = value(valueBytes);
        List<String> all = keys.all();
        Crew.run(FILLERS, filler -> () -> {
            for (int index = filler; index < all.size(); index += FILLERS) {
                cache.put(all.get(index), value);
            }
            return filler;
        });
    }

    LoadFigures run(LoadCell cell, Duration warmup, Duration measured) {
        phase(cell, warmup);
        double clientNanos = client.nanos();
        double serverNanos = server.nanos();
        List<Lap> laps = phase(cell, measured);
        clientNanos = client.nanos() - clientNanos;
        serverNanos = server.nanos() - serverNanos;
        Histogram latencies = histogram();
        laps.forEach(lap -> latencies.add(lap.latencies()));
        double calls = latencies.getTotalCount();
        return new LoadFigures(
                laps.stream().mapToDouble(Lap::callsPerSecond).sum(),
                latencies.getValueAtPercentile(50) / 1e3,
                latencies.getValueAtPercentile(99) / 1e3,
                clientNanos / 1e3 / calls,
                serverNanos / 1e3 / calls);
    }

    private List<Lap> phase(LoadCell cell, Duration time) {
        return Crew.run(callers, cell.threads(), index -> caller(cell, index, time));
    }

    private Crew.Task<Lap> caller(LoadCell cell, int index, Duration time) {
        Runnable call = call(cell, index);
        Histogram latencies = histogram();
        return () -> {
            long start = System.nanoTime();
            long end = start + time.toNanos();
            long last = start;
            while (last < end) {
                call.run();
                long now = System.nanoTime();
                latencies.recordValue(Math.min(now - last, LATENCY_MAX.toNanos()));
                last = now;
            }
            return new Lap(latencies, last - start);
        };
    }

    private Runnable call(LoadCell cell, int index) {
        Random random = new Random(SEED + index);
        byte[] value = value(cell.valueBytes());
        return switch (cell.workload()) {
            case GET ->
                () -> {
                    String key = keys.any(random);
                    check(key, cache.get(key), value);
                };
            case PUT -> () -> cache.put(keys.any(random), value);
            case GET_ALL ->
                () -> {
                    List<String> bulk = keys.bulk(random);
                    int found = cache.getAll(bulk);
                    if (found != bulk.size()) {
                        throw new IllegalStateException(found + " of " + bulk.size()
                                + " keys were there, all had been put. Its reads cannot be compared");
                    }
                };
            case READ_THROUGH -> readThrough(index, random, value);
        };
    }

    private Runnable readThrough(int index, Random random, byte[] value) {
        AtomicInteger loads = new AtomicInteger();
        // Callers set off at different places, or all would miss together.
        int[] step = {index};
        return () -> {
            boolean miss = step[0]++ % LoadKeys.MISS_EVERY == 0;
            String key = miss ? keys.fresh() : keys.any(random);
            int before = loads.get();
            check(key, cache.get(key, () -> loaded(loads, value)), value);
            if (loads.get() - before != (miss ? 1 : 0)) {
                throw new IllegalStateException("Key '" + key + "' was " + (miss ? "not loaded" : "loaded again")
                        + ". Its reads cannot be compared");
            }
        };
    }

    private static byte[] loaded(AtomicInteger loads, byte[] value) {
        loads.incrementAndGet();
        return value;
    }

    private static void check(String key, byte @Nullable [] found, byte[] expected) {
        if (found == null || found.length != expected.length) {
            throw new IllegalStateException("Key '" + key + "' had "
                    + (found == null ? "no value" : "a value of " + found.length + " bytes") + " where one of "
                    + expected.length + " had been put. Its reads cannot be compared");
        }
    }

    private static byte[] value(int bytes) {
        byte[] value = new byte[bytes];
        new Random(SEED).nextBytes(value);
        return value;
    }

    private static Histogram histogram() {
        return new Histogram(LATENCY_MAX.toNanos(), DIGITS);
    }
}
