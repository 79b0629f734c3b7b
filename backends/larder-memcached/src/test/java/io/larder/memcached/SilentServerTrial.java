package io.larder.memcached;

import io.larder.Cache;
import io.larder.Health;
import io.larder.Larder;
import io.larder.testkit.servers.Await;
import io.larder.testkit.servers.MemcachedGroup;
import io.larder.testkit.servers.MemcachedServer;
import io.larder.testkit.trials.Caches;
import io.larder.testkit.trials.StopClock;
import io.larder.testkit.trials.TrialRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;

/** Has one of three servers fall silent, again and again, while 16 threads read keys of all of them, and counts who waits for it. */
final class SilentServerTrial {

    private static final int THREADS = 16;
    private static final int KEYS = 300;
    private static final double LONG_MILLIS = 100;
    private static final double PHASE_MILLIS = 5_000;
    private static final Duration WAIT_MAX = Duration.ofMinutes(1);

    private final Cache<String, String> cache;
    private final LongAccumulator longestMillis = new LongAccumulator(Math::max, 0);
    private final AtomicBoolean isOver = new AtomicBoolean();
    private final Phase threeUp = new Phase();
    private final Phase unnoticed = new Phase();
    private final Phase twoUp = new Phase();
    private final Phase afterwards = new Phase();
    private volatile Phase now = threeUp;

    /** What was begun to be read while all was alike. */
    private static final class Phase {
        final LongAdder reads = new LongAdder();
        final LongAdder longReads = new LongAdder();
        final List<Double> millis = new ArrayList<>();

        double perSecond(LongAdder count) {
            return count.sum() * 1e3 / millis.stream().mapToDouble(each -> each).sum();
        }
    }

    private SilentServerTrial(Cache<String, String> cache) {
        this.cache = cache;
    }

    static TrialRow run(int rounds) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try (MemcachedGroup group = MemcachedGroup.start(3);
                Larder larder = Larder.open(Urls.of(group.servers()))) {
            SilentServerTrial trial = new SilentServerTrial(Caches.texts(larder));
            for (int i = 0; i < KEYS; i++) {
                trial.cache.put("key-" + i, "value");
            }
            for (int i = 0; i < THREADS; i++) {
                Random random = new Random(i);
                pool.execute(() -> trial.read(random));
            }
            for (int round = 0; round < rounds; round++) {
                trial.round(group.servers().get(1), larder);
            }
            trial.isOver.set(true);
            pool.shutdown();
            pool.awaitTermination(WAIT_MAX.toSeconds(), TimeUnit.SECONDS);
            return trial.row(rounds);
        }
    }

    private void read(Random random) {
        while (!isOver.get()) {
            Phase phase = now;
            StopClock clock = StopClock.start();
            cache.get("key-" + random.nextInt(KEYS));
            double millis = clock.millis();
            phase.reads.increment();
            longestMillis.accumulate(Math.round(millis));
            if (millis > LONG_MILLIS) {
                phase.longReads.increment();
            }
        }
    }

    private void round(MemcachedServer victim, Larder larder) {
        during(threeUp, clock -> clock.millis() > PHASE_MILLIS);
        victim.pause();
        try {
            during(unnoticed, clock -> larder.health().status() == Health.Status.DEGRADED);
            during(twoUp, clock -> clock.millis() > PHASE_MILLIS);
        } finally {
            now = afterwards;
            victim.resume();
        }
        Await.until("it is used again", WAIT_MAX, () -> larder.health().status() == Health.Status.UP);
    }

    private void during(Phase phase, Predicate<StopClock> isOver) {
        StopClock clock = StopClock.start();
        now = phase;
        Await.until("the phase is over", WAIT_MAX, () -> isOver.test(clock));
        phase.millis.add(clock.millis());
    }

    private TrialRow row(int rounds) {
        return new TrialRow()
                .with("rounds", rounds)
                .with("reads a second of three", Math.round(threeUp.perSecond(threeUp.reads)))
                .withMillis("known to be silent, ms after it was stopped: median / max", unnoticed.millis)
                .with(
                        "reads of over 100 ms until then, each time",
                        (threeUp.longReads.sum() + unnoticed.longReads.sum()) / rounds)
                .with("reads a second thereafter", Math.round(twoUp.perSecond(twoUp.reads)))
                .withMillis("of over 100 ms, a second", twoUp.perSecond(twoUp.longReads))
                .with("longest read, ms", longestMillis.get());
    }
}
