package io.larder;

import io.larder.spi.BackendInfo;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts as lines of {@code name=value}, as processes leave them for others, which may be of another version: a name that is not known is
 * passed over, one that is not there counts as zero.
 */
final class StatsText {

    private static final String ERRORS = "errors.";
    private static final String FAR_READS = "farReads.";
    private static final String TAG_HITS = "tagHits.";
    private static final String TAG_PUTS = "tagPuts.";
    private static final String TAG_REMOVALS = "tagRemovals.";

    private StatsText() {}

    static byte[] encode(CacheStats stats) {
        Map<String, Object> lines = new LinkedHashMap<>();
        lines.put("hits", stats.hits());
        lines.put("staleHits", stats.staleHits());
        lines.put("misses", stats.misses());
        lines.put("puts", stats.puts());
        lines.put("removals", stats.removals());
        lines.put("loads", stats.loads());
        lines.put("loadFailures", stats.loadFailures());
        lines.put("loadsDropped", stats.loadsDropped());
        lines.put("loadTimes", stats.loadTimes().toText());
        lines.put("callTimes", stats.callTimes().toText());
        stats.errorsByKind().forEach((kind, count) -> lines.put(ERRORS + kind, count));
        stats.farReadsByTier().forEach((tier, count) -> lines.put(FAR_READS + tier, count));
        stats.countsByTag().forEach((tag, counts) -> {
            // A tag may have an equals sign or a line break in it.
            String name = URLEncoder.encode(tag, StandardCharsets.UTF_8);
            lines.put(TAG_HITS + name, counts.hits());
            lines.put(TAG_PUTS + name, counts.puts());
            lines.put(TAG_REMOVALS + name, counts.removals());
        });
        BackendInfo backend = stats.backend();
        lines.put("entries", backend.entries());
        lines.put("evictions", backend.evictions());
        lines.put("weightBytes", backend.weightBytes());
        StringBuilder text = new StringBuilder();
        lines.forEach(
                (name, value) -> text.append(name).append('=').append(value).append('\n'));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the counts, or null for what is none. */
    static @Nullable CacheStats decode(byte[] bytes) {
        Map<String, String> lines = new HashMap<>();
        new String(bytes, StandardCharsets.UTF_8).lines().forEach(line -> {
            int equals = line.indexOf('=');
            lines.put(line.substring(0, Math.max(0, equals)), line.substring(equals + 1));
        });
        try {
            return decoded(lines);
        } catch (IllegalArgumentException damaged) {
            return null;
        }
    }

    private static CacheStats decoded(Map<String, String> lines) {
        Map<ErrorKind, Long> errors = new EnumMap<>(ErrorKind.class);
        for (ErrorKind kind : ErrorKind.values()) {
            errors.put(kind, count(lines, ERRORS + kind));
        }
        Map<Integer, Long> farReads = new HashMap<>();
        Map<String, TagCounts> byTag = new HashMap<>();
        for (String name : lines.keySet()) {
            if (name.startsWith(FAR_READS)) {
                farReads.put(Integer.valueOf(name.substring(FAR_READS.length())), count(lines, name));
            } else if (name.startsWith(TAG_HITS)) {
                String tag = name.substring(TAG_HITS.length());
                byTag.put(
                        URLDecoder.decode(tag, StandardCharsets.UTF_8),
                        new TagCounts(
                                count(lines, name), count(lines, TAG_PUTS + tag), count(lines, TAG_REMOVALS + tag)));
            }
        }
        return new CacheStats(
                count(lines, "hits"),
                count(lines, "staleHits"),
                count(lines, "misses"),
                count(lines, "puts"),
                count(lines, "removals"),
                count(lines, "loads"),
                count(lines, "loadFailures"),
                count(lines, "loadsDropped"),
                TimeSummary.parse(lines.getOrDefault("loadTimes", "")),
                TimeSummary.parse(lines.getOrDefault("callTimes", "")),
                errors,
                farReads,
                byTag,
                new BackendInfo(
                        "", count(lines, "entries"), count(lines, "evictions"), count(lines, "weightBytes"), Map.of()));
    }

    private static long count(Map<String, String> lines, String name) {
        return Long.parseLong(lines.getOrDefault(name, "0"));
    }
}
