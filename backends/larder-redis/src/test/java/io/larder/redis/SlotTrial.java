package io.larder.redis;

import io.larder.Larder;
import io.larder.testkit.servers.Await;
import io.larder.testkit.servers.RedisCluster;
import io.larder.testkit.servers.SlotMove;
import io.larder.testkit.trials.Caches;
import io.larder.testkit.trials.Findings;
import io.larder.testkit.trials.StopClock;
import io.larder.testkit.trials.Traffic;
import io.larder.testkit.trials.TrialRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Moves every slot that a cache uses, with what is in it, under the load of 16 threads. */
final class SlotTrial {

    private static final int THREADS = 16;
    private static final int WRITES_BEFORE = 50_000;
    private static final int KEYS_AT_ONCE = 100;
    private static final Duration WAIT_MAX = Duration.ofMinutes(2);

    private SlotTrial() {}

    /** Moves all {@link KeyLayout#BUCKETS} slots {@code rounds} times. */
    static TrialRow run(int rounds) throws Exception {
        List<Double> moveMillis = new ArrayList<>();
        try (RedisCluster cluster = RedisCluster.start();
                Larder larder = Larder.open(Urls.of(cluster) + "?on-error=throw");
                Traffic traffic = Traffic.start(Caches.texts(larder), Caches.numbers(larder), THREADS)) {
            Await.until("there is something to move", WAIT_MAX, () -> traffic.writes() > WRITES_BEFORE);
            long keys = 0;
            for (int round = 0; round < rounds; round++) {
                for (int slot : KeyLayout.bucketSlots().toArray()) {
                    StopClock clock = StopClock.start();
                    keys += move(cluster, slot);
                    moveMillis.add(clock.millis());
                }
            }
            Findings findings = traffic.stop();
            System.err.println(findings);
            return new TrialRow()
                    .with("slots moved", moveMillis.size())
                    .with("keys moved", keys)
                    .withMillis("one move, ms: median / max", moveMillis)
                    .with("calls", findings.calls())
                    .with("calls failed", findings.failures())
                    .withMillis("longest call, ms", findings.longest().millis())
                    .with("wrong values", findings.wrongs())
                    .with("acknowledged writes lost", findings.lost())
                    .with("acknowledged invalidations undone", findings.undone());
        }
    }

    private static long move(RedisCluster cluster, int slot) {
        long keys = 0;
        try (SlotMove move = cluster.startMove(slot)) {
            for (int moved = move.moveKeys(KEYS_AT_ONCE); moved > 0; moved = move.moveKeys(KEYS_AT_ONCE)) {
                keys += moved;
            }
        }
        return keys;
    }
}
