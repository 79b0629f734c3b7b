package io.larder.bench.growth;

import io.larder.bench.memory.Keys;
import io.larder.bench.mix.Engine;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

/** Measures entries in memory. */
final class MemoryGauge implements GrowthWorker.Gauge {

    /** Where nothing is to be evicted. */
    static final long ROOM = 4_000_000;

    /** The heap is not known to the byte, so small caches are measured together. */
    private static final int ENTRIES_TOGETHER = 100_000;

    private static final int COPIES_MAX = 100;
    private static final int NEW_MIN = 100;
    private static final int NEW_MAX = 100_000;
    private static final int COLLECTIONS = 3;
    private static final byte[] VALUE = new byte[16];

    private final LongFunction<Engine> opener;
    private final Stopwatch watch;

    MemoryGauge(LongFunction<Engine> opener, Stopwatch watch) {
        this.opener = opener;
        this.watch = watch;
    }

    @Override
    public Map<Figure, Double> of(int size) {
        int news = Math.max(NEW_MIN, Math.min(size / 10, NEW_MAX));
        List<String> all = Arrays.asList(Keys.all(size + news));
        List<String> keys = all.subList(0, size);
        int copies = Math.max(1, Math.min(ENTRIES_TOGETHER / size, COPIES_MAX));
        List<Engine> engines = new ArrayList<>();
        for (int copy = 0; copy < copies; copy++) {
            engines.add(opener.apply(2L * size));
        }
        long before = heapBytes();
        engines.forEach(engine -> keys.forEach(key -> engine.put(key, VALUE)));
        double heapBytes = (double) (heapBytes() - before) / copies / size;
        engines.subList(1, copies).forEach(Engine::close);
        try (Engine engine = engines.get(0)) {
            return figures(engine, keys, all.subList(size, size + news), heapBytes);
        }
    }

    private Map<Figure, Double> figures(Engine engine, List<String> keys, List<String> news, double heapBytes) {
        Caller caller = new Caller(engine, keys, VALUE);
        double get = watch.nanos(caller::get);
        double putOver = watch.nanos(caller::put);
        double putNews =
                watch.nanos(() -> news.forEach(engine::remove), () -> news.forEach(key -> engine.put(key, VALUE)));
        return Map.of(
                Figure.GET_NANOS,
                get,
                Figure.PUT_OVER_NANOS,
                putOver,
                Figure.PUT_NEW_NANOS,
                putNews / news.size(),
                Figure.HEAP_BYTES,
                heapBytes);
    }

    private static long heapBytes() {
        for (int collection = 0; collection < COLLECTIONS; collection++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
