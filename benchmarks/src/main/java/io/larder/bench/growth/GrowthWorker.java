package io.larder.bench.growth;

import io.larder.bench.worker.Orders;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** The program that measures one curve; an order names a size, and its answer has a number for each figure of the topic. */
final class GrowthWorker {

    private static final String MEASURE = "measure";

    private GrowthWorker() {}

    /** What is done at a size. */
    interface Gauge {
        /** Returns all figures of the topic. */
        Map<Figure, Double> of(int size);
    }

    /** Takes the name of a curve, the server's port and how many milliseconds each figure takes, and serves until its input ends. */
    public static void main(String[] args) {
        Curve curve = Curve.valueOf(args[0]);
        Gauge gauge = gauge(curve, Integer.parseInt(args[1]), Duration.ofMillis(Long.parseLong(args[2])));
        Orders.obey(Map.of(MEASURE, words -> text(curve, gauge.of(Integer.parseInt(words[1])))));
    }

    static String measure(long size) {
        return MEASURE + " " + size;
    }

    static Gauge gauge(Curve curve, int redisPort, Duration time) {
        Stopwatch watch = new Stopwatch(time);
        return switch (curve) {
            case MEMORY -> new MemoryGauge(LarderEngine::memory, watch);
            case CAFFEINE -> new MemoryGauge(CaffeineEngine::new, watch);
            case DISK -> new DiskGauge(watch);
            case TAGS_MEMORY -> new TagGauge(() -> LarderEngine.memory(MemoryGauge.ROOM), watch);
            case TAGS_REDIS -> new TagGauge(() -> LarderEngine.redis(redisPort), watch);
            case CALLERS_MEMORY -> new CallerGauge(() -> LarderEngine.memory(MemoryGauge.ROOM), time);
            case CALLERS_REDIS -> new CallerGauge(() -> LarderEngine.redis(redisPort), time);
            case VALUES_MEMORY -> ValueGauge.byReference(() -> LarderEngine.memory(MemoryGauge.ROOM), watch);
            case VALUES_DISK -> ValueGauge.onDisk(watch);
            case VALUES_REDIS -> ValueGauge.byCopy(() -> LarderEngine.redis(redisPort), watch);
        };
    }

    private static String text(Curve curve, Map<Figure, Double> figures) {
        return curve.topic().figures().stream()
                .map(figure -> String.valueOf(figures.get(figure)))
                .collect(Collectors.joining(" "));
    }
}
