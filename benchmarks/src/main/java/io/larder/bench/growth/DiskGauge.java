package io.larder.bench.growth;

import io.larder.bench.memory.Keys;
import io.larder.bench.mix.ScratchFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Measures entries in a folder. */
final class DiskGauge implements GrowthWorker.Gauge {

    private static final double NANOS_PER_MICRO = 1e3;
    private static final byte[] VALUE = new byte[100];

    private final Stopwatch watch;

    DiskGauge(Stopwatch watch) {
        this.watch = watch;
    }

    @Override
    public Map<Figure, Double> of(int size) {
        try {
            return ScratchFolder.with(folder -> in(folder, size));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make or clear a folder for " + size + " entries", e);
        }
    }

    private Map<Figure, Double> in(Path folder, int size) {
        double get;
        double put;
        try (LarderEngine engine = LarderEngine.disk(folder)) {
            List<String> keys = Arrays.asList(Keys.all(size));
            engine.fill(keys, VALUE);
            Caller caller = new Caller(engine, keys, VALUE);
            get = watch.nanos(caller::get);
            put = watch.nanos(caller::put);
        }
        return Map.of(
                Figure.GET_MICROS,
                get / NANOS_PER_MICRO,
                Figure.PUT_MICROS,
                put / NANOS_PER_MICRO,
                Figure.DISK_BYTES,
                (double) bytes(folder) / size);
    }

    private static long bytes(Path folder) {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.map(Path::toFile)
                    .filter(file -> file.isFile())
                    .mapToLong(file -> file.length())
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the folder '" + folder + "'", e);
        }
    }
}
