package io.larder.memcached;

import io.larder.Larder;
import io.larder.testkit.servers.Await;
import io.larder.testkit.servers.MemcachedGroup;
import io.larder.testkit.servers.MemcachedServer;
import io.larder.testkit.trials.Caches;
import io.larder.testkit.trials.Findings;
import io.larder.testkit.trials.StopClock;
import io.larder.testkit.trials.Traffic;
import io.larder.testkit.trials.TrialRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Kills one of three servers again and again under the load of 16 threads, and starts it again. */
final class DeadServerTrial {

    private static final int THREADS = 16;
    private static final int WRITES_BEFORE = 10_000;
    private static final int WRITES_WITHOUT = 5_000;
    private static final Duration WAIT_MAX = Duration.ofMinutes(2);

    private DeadServerTrial() {}

    static TrialRow run(String onDead, int rounds) throws Exception {
        List<Double> usedMillis = new ArrayList<>();
        List<Double> failedMillis = new ArrayList<>();
        try (MemcachedGroup group = MemcachedGroup.start(3);
                Larder larder = Larder.open(Urls.of(group.servers()) + "?on-error=throw&on-dead=" + onDead);
                Traffic traffic =
                        Traffic.start(Caches.texts(larder), Caches.numbers(larder), Traffic.Memory.FORGETS, THREADS)) {
            // Always the same, so that the others still have what they took over the last time.
            MemcachedServer victim = group.servers().get(0);
            for (int round = 0; round < rounds; round++) {
                awaitWrites(traffic, WRITES_BEFORE);
                victim.kill();
                awaitWrites(traffic, WRITES_WITHOUT);
                StopClock clock = StopClock.start();
                victim.restart();
                traffic.mark(clock);
                Await.until("all servers are used", WAIT_MAX, () -> !Objects.equals(victim.stat("cmd_set"), "0"));
                usedMillis.add(clock.millis());
                awaitWrites(traffic, WRITES_BEFORE);
                failedMillis.add(traffic.failedMillis());
            }
            Findings findings = traffic.stop();
            System.err.println(findings);
            return new TrialRow()
                    .with("on-dead", onDead)
                    .with("rounds", rounds)
                    .withMillis("all three are used, ms after the start: median / max", usedMillis)
                    .withMillis("no call fails any more, ms after the start", failedMillis)
                    .withMillis("longest call, ms", findings.longest().millis())
                    .with("calls", findings.calls())
                    .with("calls failed", findings.failures())
                    .with("reads of entries put", findings.reads())
                    .with("of these misses", findings.misses())
                    .with("wrong values", findings.wrongs())
                    .with("acknowledged invalidations undone", findings.undone());
        }
    }

    private static void awaitWrites(Traffic traffic, long more) {
        long before = traffic.writes();
        Await.until("there are more writes", WAIT_MAX, () -> traffic.writes() > before + more);
    }
}
