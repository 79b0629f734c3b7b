package io.larder.cli;

import io.larder.CacheStats;
import io.larder.PublishedStats;
import io.larder.TimeSummary;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How much processes do in a second, between the last two times that each has published. Confined to one thread.
 *
 * <p>A process that publishes more seldom than is looked keeps its rates meanwhile.
 */
final class Rates {

    static final double HALF = 0.5;
    static final double NEARLY_ALL = 0.99;

    static final String HEADING = "processes    hits/s  misses/s   loads/s    puts/s  errors/s "
            + "  hits  load p50  load p99  call p50  call p99";

    private Map<String, Seen> seen = new HashMap<>();

    /** The last that a process has published, and the one before. */
    private record Seen(PublishedStats last, @Nullable PublishedStats before) {

        double perSecond(long count, long countBefore, PublishedStats earlier) {
            return 1_000.0 * (count - countBefore) / (last.publishedMillis() - earlier.publishedMillis());
        }
    }

    /** Takes what processes have published; those that are not among them have ended. */
    void add(List<PublishedStats> published) {
        Map<String, Seen> now = new HashMap<>();
        for (PublishedStats one : published) {
            Seen then = seen.get(one.process());
            boolean news = then == null || one.publishedMillis() > then.last().publishedMillis();
            now.put(one.process(), then != null && !news ? then : new Seen(one, then == null ? null : then.last()));
        }
        seen = now;
    }

    /** Returns the rates by name; of a process that was seen once, none are known yet. */
    Map<String, @Nullable Object> fields() {
        double hits = 0;
        double misses = 0;
        double loads = 0;
        double puts = 0;
        double errors = 0;
        TimeSummary loadTimes = TimeSummary.NONE;
        TimeSummary callTimes = TimeSummary.NONE;
        for (Seen process : seen.values()) {
            PublishedStats earlier = process.before();
            if (earlier != null) {
                CacheStats last = process.last().stats();
                CacheStats before = earlier.stats();
                hits += process.perSecond(last.hits(), before.hits(), earlier);
                misses += process.perSecond(last.misses(), before.misses(), earlier);
                loads += process.perSecond(last.loads(), before.loads(), earlier);
                puts += process.perSecond(last.puts(), before.puts(), earlier);
                errors += process.perSecond(last.errors(), before.errors(), earlier);
                loadTimes = loadTimes.plus(last.loadTimes().since(before.loadTimes()));
                callTimes = callTimes.plus(last.callTimes().since(before.callTimes()));
            }
        }
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("processes", seen.size());
        fields.put("hitsPerSecond", rounded(hits));
        fields.put("missesPerSecond", rounded(misses));
        fields.put("loadsPerSecond", rounded(loads));
        fields.put("putsPerSecond", rounded(puts));
        fields.put("errorsPerSecond", rounded(errors));
        fields.put("hitRatio", hits + misses == 0 ? null : rounded(hits / (hits + misses)));
        fields.put("loadMillis50", millis(loadTimes, HALF));
        fields.put("loadMillis99", millis(loadTimes, NEARLY_ALL));
        fields.put("callMillis50", millis(callTimes, HALF));
        fields.put("callMillis99", millis(callTimes, NEARLY_ALL));
        return fields;
    }

    /** Returns the rates as a line below {@link #HEADING}. */
    String line() {
        Map<String, @Nullable Object> fields = fields();
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%9s", fields.get("processes")));
        for (String name : fields.keySet().stream().skip(1).toList()) {
            Object value = fields.get(name);
            boolean ratio = name.equals("hitRatio");
            boolean time = name.contains("Millis");
            String text = value == null
                    ? "-"
                    : String.format(
                            Locale.ROOT,
                            ratio ? "%.1f%%" : time ? "%.2fms" : "%.1f",
                            ((Number) value).doubleValue() * (ratio ? 100 : 1));
            line.append(String.format(Locale.ROOT, ratio ? " %6s" : " %9s", text));
        }
        return line.toString();
    }

    static double rounded(double number) {
        return Math.round(number * 1_000) / 1_000.0;
    }

    /** Returns the time that a share of them did not exceed, or null when there was none. */
    static @Nullable Double millis(TimeSummary times, double share) {
        return times.count() == 0 ? null : rounded(times.percentile(share).toNanos() / 1e6);
    }
}
