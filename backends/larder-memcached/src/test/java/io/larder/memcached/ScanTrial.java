package io.larder.memcached;

import io.larder.Cache;
import io.larder.EntryOptions;
import io.larder.Larder;
import io.larder.testkit.servers.MemcachedGroup;
import io.larder.testkit.servers.MemcachedServer;
import io.larder.testkit.trials.Caches;
import io.larder.testkit.trials.StopClock;
import io.larder.testkit.trials.TrialRow;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** What costs a look at many items: a tag of many entries, and listings. */
final class ScanTrial {

    private static final int ENTRIES_AT_ONCE = 1_000;
    private static final int LIST_ENTRIES_MAX = 100_000;
    private static final String PATIENTLY = "?timeout=2m&on-error=throw";
    private static final EntryOptions TAGGED = EntryOptions.tagged("x").withTtl(Duration.ofHours(1));

    private ScanTrial() {}

    /** What a call answered, and how long it took. */
    private record Timed(long answer, double millis) {

        static Timed of(LongSupplier call) {
            StopClock clock = StopClock.start();
            long answer = call.getAsLong();
            return new Timed(answer, clock.millis());
        }
    }

    /** Puts, reads and invalidates entries of 100 bytes under one tag. */
    static TrialRow tag(int servers, int entries) {
        try (MemcachedGroup group = MemcachedGroup.start(servers);
                Larder larder = Larder.open(Urls.of(group.servers()) + PATIENTLY)) {
            Cache<String, String> cache = Caches.texts(larder);
            Timed put = Timed.of(() -> put(cache, entries, TAGGED));
            Timed read = Timed.of(() -> cache.entriesByTag("x").count());
            Timed invalidated = Timed.of(() -> cache.invalidateTag("x"));
            return new TrialRow()
                    .with("servers", servers)
                    .with("entries", entries)
                    .withMillis("putAll, all ms", put.millis())
                    .with("read by tag", read.answer())
                    .withMillis("read, ms", read.millis())
                    .with("invalidated", invalidated.answer())
                    .withMillis("invalidate, ms", invalidated.millis());
        }
    }

    /** Lists and removes entries of 100 bytes. */
    static TrialRow listing(int servers, int entries) {
        try (MemcachedGroup group = MemcachedGroup.start(servers);
                Larder larder = Larder.open(Urls.of(group.servers()) + PATIENTLY)) {
            Cache<String, String> cache = Caches.texts(larder);
            put(cache, entries, EntryOptions.DEFAULT);
            Timed keys = Timed.of(() -> cache.keys("*").count());
            Timed few = Timed.of(() -> cache.keys("key-99*").count());
            Timed read = Timed.of(() -> cache.entries("*").count());
            Timed removed = Timed.of(() -> cache.removeMatching("*"));
            return new TrialRow()
                    .with("servers", servers)
                    .with("entries", entries)
                    .with("keys(\"*\")", keys.answer())
                    .withMillis("ms", keys.millis())
                    .with("keys(\"key-99*\")", few.answer())
                    .withMillis("these, ms", few.millis())
                    .with("entries(\"*\")", read.answer())
                    .withMillis("of these, ms", read.millis())
                    .with("removeMatching(\"*\")", removed.answer())
                    .withMillis("removed in, ms", removed.millis());
        }
    }

    /** Returns how many entries with keys of about 10 bytes a tag may have before its list outgrows an item, in thousands. */
    static long listedMax() {
        try (MemcachedServer server = MemcachedServer.start();
                Larder larder = Larder.open(Urls.of(server) + PATIENTLY)) {
            Cache<String, String> cache = Caches.texts(larder);
            for (int from = 0; from < LIST_ENTRIES_MAX; from += ENTRIES_AT_ONCE) {
                cache.putAll(values(from, ENTRIES_AT_ONCE), TAGGED);
                if (!server.ask("mg " + list(server) + " v").get(1).startsWith("c")) {
                    return from;
                }
            }
            return LIST_ENTRIES_MAX;
        }
    }

    private static String list(MemcachedServer server) {
        return server.ask("lru_crawler metadump hash").stream()
                .filter(line -> line.startsWith("key=larder%3A%3Atexts%3A1%3Al%3A"))
                .map(line -> line.substring("key=".length(), line.indexOf(' ')).replace("%3A", ":"))
                .findFirst()
                .orElseThrow();
    }

    private static long put(Cache<String, String> cache, int entries, EntryOptions options) {
        for (int from = 0; from < entries; from += ENTRIES_AT_ONCE) {
            cache.putAll(values(from, Math.min(ENTRIES_AT_ONCE, entries - from)), options);
        }
        return entries;
    }

    private static Map<String, String> values(int from, int count) {
        Map<String, String> values = new HashMap<>();
        for (int i = from; i < from + count; i++) {
            values.put("key-" + i, "v".repeat(100));
        }
        return values;
    }
}
