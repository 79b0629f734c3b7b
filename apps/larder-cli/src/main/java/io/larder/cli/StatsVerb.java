package io.larder.cli;

import io.larder.Cache;
import io.larder.CacheStats;
import io.larder.Larder;
import io.larder.PublishedStats;
import io.larder.spi.BackendInfo;
import io.larder.spi.CacheScope;
import io.larder.url.Units;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints what was counted, by all processes that publish it and by this one. */
@Command(
        name = "stats",
        description = {
            "Prints what the backend tells about itself, and what was counted: by the processes whose URL has a"
                    + " 'publish-stats=10s', and by this command, which is of use in a shell.",
            "With --watch, a line now and then: how much a second, and the times of loads and of calls of the backend"
                    + " that half of them, and 99 of 100, did not exceed."
        },
        footer = {
            "Examples:",
            "  larder --json stats | jq .entries",
            "  larder --url redis://host stats --cache users --watch 5s"
        })
final class StatsVerb extends Verb {

    private static final int LINES_PER_HEADING = 20;
    private static final Duration PAUSE_MIN = Duration.ofMillis(100);
    private static final Duration PAUSE_MAX = Duration.ofHours(1);

    @Option(
            names = "--watch",
            paramLabel = "EVERY",
            arity = "0..1",
            fallbackValue = "2s",
            converter = DurationText.class,
            description = "Print rates, again and again. Default: every 2s")
    @Nullable
    Duration every;

    @Option(names = "--times", paramLabel = "N", description = "End after so many lines. Default: go on")
    int times = Integer.MAX_VALUE;

    @Override
    int run(Session session, Cache<String, Object> cache, Output output) {
        CacheScope scope = cache.scope();
        Duration pause = every;
        if (pause != null && (pause.compareTo(PAUSE_MIN) < 0 || pause.compareTo(PAUSE_MAX) > 0)) {
            throw badUsage("'--watch' must be from " + Units.text(PAUSE_MIN) + " to " + Units.text(PAUSE_MAX)
                    + ", was '" + Units.text(pause) + "'.");
        }
        if (pause != null) {
            // The first call connects, and is waited for longer than those that follow.
            cache.ping();
            return watch(session.larder(), scope, pause, output);
        }
        CacheStats stats = cache.stats();
        List<PublishedStats> published = session.larder().publishedStats(scope);
        CacheStats sum = stats;
        for (PublishedStats process : published) {
            sum = sum.plus(process.stats());
        }
        Map<String, @Nullable Object> fields = numbers(stats.backend());
        fields.put("processes", published.size());
        fields.putAll(numbers(sum));
        fields.putAll(new TreeMap<>(stats.backend().details()));
        output.fields(fields);
        return Exit.DONE;
    }

    private int watch(Larder larder, CacheScope scope, Duration pause, Output output) {
        Rates rates = new Rates();
        for (int line = 0; line < times && !output.console().isCut(); line++) {
            if (line > 0) {
                LockSupport.parkNanos(TimeUnit.NANOSECONDS.convert(pause));
            }
            rates.add(larder.publishedStats(scope));
            if (output.isJson()) {
                output.value(rates.fields());
            } else {
                if (line % LINES_PER_HEADING == 0) {
                    output.line(Rates.HEADING);
                }
                output.line(rates.line());
            }
            output.console().flush();
        }
        return Exit.DONE;
    }

    private static Map<String, @Nullable Object> numbers(CacheStats stats) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("hits", stats.hits());
        fields.put("staleHits", stats.staleHits());
        fields.put("misses", stats.misses());
        fields.put("hitRatio", Double.parseDouble(String.format(Locale.ROOT, "%.4f", stats.hitRatio())));
        fields.put("puts", stats.puts());
        fields.put("removals", stats.removals());
        fields.put("loads", stats.loads());
        fields.put("loadFailures", stats.loadFailures());
        fields.put("errors", stats.errors());
        new TreeMap<>(stats.farReadsByTier()).forEach((tier, count) -> fields.put("tier" + tier + "Reads", count));
        new TreeMap<>(stats.countsByTag()).forEach((tag, counts) -> {
            fields.put("hits of " + tag, counts.hits());
            fields.put("puts of " + tag, counts.puts());
            fields.put("removals of " + tag, counts.removals());
        });
        fields.put("loadMillis50", Rates.millis(stats.loadTimes(), Rates.HALF));
        fields.put("loadMillis99", Rates.millis(stats.loadTimes(), Rates.NEARLY_ALL));
        fields.put("callMillis50", Rates.millis(stats.callTimes(), Rates.HALF));
        fields.put("callMillis99", Rates.millis(stats.callTimes(), Rates.NEARLY_ALL));
        return fields;
    }

    /** Returns the numbers that a backend tells about itself, by name, in an order that more can follow. */
    static Map<String, @Nullable Object> numbers(BackendInfo backend) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("url", backend.address());
        fields.put("entries", known(backend.entries()));
        fields.put("evictions", known(backend.evictions()));
        fields.put("weightBytes", known(backend.weightBytes()));
        return fields;
    }

    private static @Nullable Long known(long count) {
        return count == BackendInfo.UNKNOWN ? null : count;
    }
}
