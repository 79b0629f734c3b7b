package io.larder.redis;

import io.larder.Cache;
import io.larder.EntryOptions;
import io.larder.Larder;
import io.larder.testkit.servers.RedisAnswer;
import io.larder.testkit.servers.RedisCluster;
import io.larder.testkit.servers.RedisServer;
import io.larder.testkit.trials.Caches;
import io.larder.testkit.trials.StopClock;
import io.larder.testkit.trials.TrialRow;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Puts and invalidates 100,000 entries of 100 bytes under one tag, and asks the servers how long their scripts took. */
final class TagTrial {

    private static final int ENTRIES = 100_000;
    private static final int ENTRIES_AT_ONCE = 10_000;
    private static final int SCRIPTS_MAX = 10_000;
    /** Enough to leave out what scripts do inside, which is told as well. */
    private static final int SCRIPT_MICROS_MIN = 100;
    /** Where SLOWLOG tells the time, in microseconds, and the command. */
    private static final int MICROS_FIELD = 2;

    private static final int COMMAND_FIELD = 3;

    private TagTrial() {}

    static TrialRow server() {
        try (RedisServer server = RedisServer.start()) {
            return run("one server", Urls.of(server), List.of(server));
        }
    }

    static TrialRow cluster() {
        try (RedisCluster cluster = RedisCluster.start()) {
            return run("three leaders", Urls.of(cluster), cluster.leaders());
        }
    }

    private static TrialRow run(String on, String url, List<RedisServer> leaders) {
        try (Larder larder = Larder.open(url + "?timeout=10s")) {
            Cache<String, String> cache = Caches.texts(larder);
            StopClock putting = StopClock.start();
            for (int from = 0; from < ENTRIES; from += ENTRIES_AT_ONCE) {
                cache.putAll(values(from), EntryOptions.tagged("x").withTtl(Duration.ofHours(1)));
            }
            double putMillis = putting.millis();
            StopClock reading = StopClock.start();
            long read = cache.entriesByTag("x").count();
            double readMillis = reading.millis();
            leaders.forEach(TagTrial::watch);

            StopClock invalidating = StopClock.start();
            long removed = cache.invalidateTag("x");
            double invalidateMillis = invalidating.millis();

            List<Long> micros = leaders.stream()
                    .flatMap(leader -> scriptMicros(leader).stream())
                    .sorted()
                    .toList();
            return new TrialRow()
                    .with("on", on)
                    .withMillis("putAll, ms", putMillis)
                    .with("read by tag", read)
                    .withMillis("read, ms", readMillis)
                    .with("invalidated", removed)
                    .withMillis("invalidate, ms", invalidateMillis)
                    .with(
                            "scripts",
                            leaders.stream().mapToLong(TagTrial::scripts).sum())
                    .withMillis("a script, ms: median", micros.get(micros.size() / 2) / 1e3)
                    .withMillis("longest script, ms", micros.get(micros.size() - 1) / 1e3);
        }
    }

    private static Map<String, String> values(int from) {
        Map<String, String> values = new HashMap<>();
        for (int i = from; i < from + ENTRIES_AT_ONCE; i++) {
            values.put("key-" + i, "v".repeat(100));
        }
        return values;
    }

    private static void watch(RedisServer leader) {
        leader.command("CONFIG", "SET", "slowlog-max-len", String.valueOf(SCRIPTS_MAX));
        leader.command("CONFIG", "SET", "slowlog-log-slower-than", String.valueOf(SCRIPT_MICROS_MIN));
        leader.command("SLOWLOG", "RESET");
        leader.command("CONFIG", "RESETSTAT");
    }

    private static long scripts(RedisServer leader) {
        return Long.parseLong(String.valueOf(leader.info("cmdstat_evalsha")).replaceAll("calls=(\\d+),.*", "$1"));
    }

    private static List<Long> scriptMicros(RedisServer leader) {
        List<RedisAnswer> commands =
                leader.command("SLOWLOG", "GET", String.valueOf(SCRIPTS_MAX)).items();
        return commands.stream()
                .map(RedisAnswer::items)
                .filter(fields -> fields.get(COMMAND_FIELD)
                        .texts()
                        .get(0)
                        .toUpperCase(Locale.ROOT)
                        .startsWith("EVAL"))
                .map(fields -> fields.get(MICROS_FIELD).number())
                .toList();
    }
}
