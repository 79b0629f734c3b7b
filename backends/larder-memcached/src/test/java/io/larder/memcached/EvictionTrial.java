package io.larder.memcached;

import io.larder.Larder;
import io.larder.testkit.servers.Await;
import io.larder.testkit.servers.MemcachedOptions;
import io.larder.testkit.servers.MemcachedServer;
import io.larder.testkit.trials.Caches;
import io.larder.testkit.trials.StopClock;
import io.larder.testkit.trials.TrialRow;
import java.time.Duration;
import java.util.Random;

/** Uses more than a server has memory for, and holds every read to what was invalidated before it. */
final class EvictionTrial {

    private static final int THREADS = 16;
    private static final long MILLIS_PER_ROUND = 1_000;
    private static final int ITEMS_PER_FLOOD = 20_000;
    private static final Duration WAIT_MAX = Duration.ofMinutes(10);

    /** Who else uses the server. */
    enum Others {
        NOBODY,
        FLOOD
    }

    private EvictionTrial() {}

    static TrialRow run(int memoryMebibytes, Others others, int rounds) throws Exception {
        try (MemcachedServer server =
                        MemcachedServer.start(MemcachedOptions.plain().memoryMebibytes(memoryMebibytes));
                Flood flood = new Flood(server);
                Larder larder = Larder.open(Urls.of(server) + "?timeout=10s&on-error=throw");
                VersionTraffic traffic = VersionTraffic.start(Caches.texts(larder), THREADS, new Random(1))) {
            for (int round = 0; round < rounds; round++) {
                if (others == Others.FLOOD) {
                    flood.store(ITEMS_PER_FLOOD);
                }
                StopClock clock = StopClock.start();
                Await.until(
                        "the round is over", WAIT_MAX, () -> clock.millis() > MILLIS_PER_ROUND || traffic.hasFailed());
            }
            traffic.stop();
            System.err.println(traffic);
            return new TrialRow()
                    .with("memory, MiB", memoryMebibytes)
                    .with("others store, items a second", others == Others.FLOOD ? ITEMS_PER_FLOOD : 0)
                    .with("seconds", rounds)
                    .with("reads checked", traffic.reads())
                    .with("hits, %", 100 * traffic.hits() / Math.max(1, traffic.reads()))
                    .with("writes", traffic.writes())
                    .with("invalidations", traffic.invalidations())
                    .with("calls refused", traffic.refusals())
                    .with("evictions", Long.parseLong(String.valueOf(server.stat("evictions"))))
                    .with("wrong values", traffic.wrong());
        }
    }
}
