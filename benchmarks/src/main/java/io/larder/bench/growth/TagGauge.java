package io.larder.bench.growth;

import io.larder.bench.memory.Keys;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Measures a tag with so many members. */
final class TagGauge implements GrowthWorker.Gauge {

    private static final double NANOS_PER_MICRO = 1e3;
    private static final byte[] VALUE = new byte[100];

    private final Supplier<LarderEngine> opener;
    private final Stopwatch watch;

    TagGauge(Supplier<LarderEngine> opener, Stopwatch watch) {
        this.opener = opener;
        this.watch = watch;
    }

    @Override
    public Map<Figure, Double> of(int size) {
        List<String> keys = Arrays.asList(Keys.all(size));
        try (LarderEngine engine = opener.get().tagged()) {
            engine.fill(keys, VALUE);
            Caller caller = new Caller(engine, keys, VALUE);
            double get = watch.nanos(caller::get);
            double put = watch.nanos(caller::put);
            double invalidate = watch.nanos(() -> engine.fill(keys, VALUE), () -> invalidate(engine, size));
            return Map.of(
                    Figure.GET_MICROS,
                    get / NANOS_PER_MICRO,
                    Figure.PUT_MICROS,
                    put / NANOS_PER_MICRO,
                    Figure.INVALIDATE_MICROS,
                    invalidate / NANOS_PER_MICRO / size);
        }
    }

    private static void invalidate(LarderEngine engine, int size) {
        long removed = engine.invalidateTag();
        if (removed != size) {
            throw new IllegalStateException(
                    removed + " of " + size + " entries went with their tag. Its invalidations cannot be compared");
        }
    }
}
