package io.larder.bench.growth;

import io.larder.bench.memory.Keys;
import io.larder.bench.mix.Engine;
import io.larder.bench.mix.ScratchFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/** Measures values of so many bytes. */
final class ValueGauge implements GrowthWorker.Gauge {

    private static final int KEYS = 8;
    private static final long SEED = 42;
    private static final double NANOS_PER_MICRO = 1e3;

    private final Supplier<? extends Engine> opener;
    private final Stopwatch watch;
    private final boolean copies;

    private ValueGauge(Supplier<? extends Engine> opener, Stopwatch watch, boolean copies) {
        this.opener = opener;
        this.watch = watch;
        this.copies = copies;
    }

    /** Returns one of what keeps values by reference: no bytes are moved, of which so many could be in a second. */
    static ValueGauge byReference(Supplier<? extends Engine> opener, Stopwatch watch) {
        return new ValueGauge(opener, watch, false);
    }

    /** Returns one of what moves the bytes. */
    static ValueGauge byCopy(Supplier<? extends Engine> opener, Stopwatch watch) {
        return new ValueGauge(opener, watch, true);
    }

    /** Returns one with a folder for each size. */
    static GrowthWorker.Gauge onDisk(Stopwatch watch) {
        return size -> {
            try {
                return ScratchFolder.with(
                        folder -> byCopy(() -> LarderEngine.disk(folder), watch).of(size));
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot make or clear a folder for values of " + size + " B", e);
            }
        };
    }

    @Override
    public Map<Figure, Double> of(int size) {
        byte[] value = new byte[size];
        new Random(SEED).nextBytes(value);
        List<String> keys = Arrays.asList(Keys.all(KEYS));
        try (Engine engine = opener.get()) {
            keys.forEach(key -> engine.put(key, value));
            Caller caller = new Caller(engine, keys, value);
            double getMicros = watch.nanos(caller::get) / NANOS_PER_MICRO;
            double putMicros = watch.nanos(caller::put) / NANOS_PER_MICRO;
            return Map.of(
                    Figure.GET_MICROS,
                    getMicros,
                    Figure.PUT_MICROS,
                    putMicros,
                    Figure.GET_MEGABYTES,
                    megabytesPerSecond(size, getMicros),
                    Figure.PUT_MEGABYTES,
                    megabytesPerSecond(size, putMicros));
        }
    }

    /** Bytes in a microsecond are megabytes in a second. */
    private double megabytesPerSecond(int bytes, double micros) {
        return copies ? bytes / micros : Double.NaN;
    }
}
