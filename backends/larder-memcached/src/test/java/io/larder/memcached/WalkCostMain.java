package io.larder.memcached;

import io.larder.spi.Entry;
import io.larder.spi.KeyPattern;
import io.larder.testkit.servers.MemcachedServer;
import io.larder.testkit.trials.StopClock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Measures what the calls cost that look at every item of a server. */
final class WalkCostMain {

    private static final int KEYS = 100_000;
    private static final int BATCH = 2_000;

    private WalkCostMain() {}

    /** Prints a line for each call. */
    public static void main(String[] arguments) {
        try (MemcachedServer server = MemcachedServer.start();
                Opened cache = new Opened(Urls.of(server) + "?timeout=60s&clock-skew=1h")) {
            for (int from = 0; from < KEYS; from += BATCH) {
                Map<String, Entry<byte[]>> entries = new LinkedHashMap<>();
                for (int i = from; i < from + BATCH; i++) {
                    entries.put(
                            "user:" + i,
                            cache.entry("v".repeat(100), i % 10 == 0 ? new String[] {"x"} : new String[0]));
                }
                cache.backend.putAll(entries).join();
            }
            for (int round = 1; round <= 3; round++) {
                report(
                        "keys(*)",
                        () -> Opened.all(cache.backend.keys(KeyPattern.ALL)).size());
                report(
                        "entries(*)",
                        () -> Opened.all(cache.backend.entries(KeyPattern.ALL)).size());
                report(
                        "keys(none*), none of which match",
                        () -> Opened.all(cache.backend.keys(KeyPattern.glob("none*")))
                                .size());
                report("entriesByTag, 10,000 of them", () -> cache.tagged("x").size());
            }
            report(
                    "invalidateTag, 10,000 of them",
                    () -> cache.backend.invalidateTag("x").join());
            report(
                    "removeMatching(*)",
                    () -> cache.backend.removeMatching(KeyPattern.ALL).join());
            report("clear", () -> {
                cache.backend.clear().join();
                return 0;
            });
        }
    }

    private static void report(String what, LongSupplier call) {
        StopClock clock = StopClock.start();
        long found = call.getAsLong();
        System.out.printf("%-36s %,8d found, %,6.0f ms%n", what, found, clock.millis());
    }
}
