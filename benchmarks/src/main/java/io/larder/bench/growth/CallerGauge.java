package io.larder.bench.growth;

import io.larder.bench.memory.Keys;
import io.larder.bench.mix.Engine;
import io.larder.bench.worker.Crew;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/** Measures a cache with so many callers. */
final class CallerGauge implements GrowthWorker.Gauge {

    private static final int KEYS = 10_000;
    /** Hundreds of callers on few processors take turns, and each is to have several of them. */
    private static final int WINDOW = 5;

    private static final Duration START_MAX = Duration.ofMinutes(1);
    private static final int DIGITS = 2;
    private static final byte[] VALUE = new byte[100];

    private final Supplier<LarderEngine> opener;
    private final Duration time;

    CallerGauge(Supplier<LarderEngine> opener, Duration time) {
        this.opener = opener;
        this.time = time;
    }

    private enum Phase {
        BEFORE,
        COUNTED,
        OVER
    }

    @Override
    public Map<Figure, Double> of(int size) {
        try (LarderEngine engine = opener.get()) {
            List<String> keys = Arrays.asList(Keys.all(KEYS));
            engine.fill(keys, VALUE);
            return new Window(engine, keys, size).measure();
        }
    }

    /** One measurement. A call counts when it ends while the window is open. */
    private final class Window {

        private final Engine engine;
        private final List<String> keys;
        private final int callers;
        private final CountDownLatch running;
        private volatile Phase phase = Phase.BEFORE;

        Window(Engine engine, List<String> keys, int callers) {
            this.engine = engine;
            this.keys = keys;
            this.callers = callers;
            this.running = new CountDownLatch(callers);
        }

        Map<Figure, Double> measure() {
            Histogram nanosOfCalls = new Histogram(DIGITS);
            long[] open = {0};
            Crew.<Histogram>run(callers + 1, index -> () -> {
                        if (index < callers) {
                            return call(index);
                        }
                        open[0] = open();
                        return new Histogram(DIGITS);
                    })
                    .forEach(nanosOfCalls::add);
            return Map.of(
                    Figure.KILOCALLS,
                    nanosOfCalls.getTotalCount() * 1e6 / open[0],
                    Figure.P99_MICROS,
                    nanosOfCalls.getValueAtPercentile(99) / 1e3);
        }

        /** Opens the window once all callers are at work, and returns for how many nanoseconds it was open. */
        private long open() throws InterruptedException {
            try {
                if (!running.await(START_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new IllegalStateException(
                            running.getCount() + " of " + callers + " callers had no answer within " + START_MAX);
                }
                LockSupport.parkNanos(time.toNanos());
                phase = Phase.COUNTED;
                long start = System.nanoTime();
                LockSupport.parkNanos(time.toNanos() * WINDOW);
                phase = Phase.OVER;
                return System.nanoTime() - start;
            } finally {
                phase = Phase.OVER;
            }
        }

        private Histogram call(int index) throws InterruptedException {
            Histogram nanosOfCalls = new Histogram(DIGITS);
            Caller caller = new Caller(engine, from(index * KEYS / callers), VALUE);
            caller.get();
            running.countDown();
            // Who goes on at once keeps the processors from those who have yet to start.
            running.await();
            long last = System.nanoTime();
            while (phase != Phase.OVER) {
                caller.get();
                long now = System.nanoTime();
                if (phase == Phase.COUNTED) {
                    nanosOfCalls.recordValue(now - last);
                }
                last = now;
            }
            return nanosOfCalls;
        }

        /** Callers set off at different keys, or all would ask for the same. */
        private List<String> from(int first) {
            List<String> rotated = new ArrayList<>(keys);
            Collections.rotate(rotated, -first);
            return rotated;
        }
    }
}
