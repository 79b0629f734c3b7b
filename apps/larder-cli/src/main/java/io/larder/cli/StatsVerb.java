package io.larder.cli;

import io.larder.Cache;
import io.larder.CacheStats;
import io.larder.spi.BackendInfo;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** Prints what was counted. */
@Command(
        name = "stats",
        description = {
            "Prints what the backend tells about itself, and what this command has counted.",
            "The counts begin with the command, so they are of use in a shell."
        },
        footer = {"Example:", "  larder --json stats | jq .entries"})
final class StatsVerb extends Verb {

    @Override
    int run(Session session, Cache<String, Object> cache, Output output) {
        Map<String, @Nullable Object> fields = fields(cache.stats());
        Map<String, String> lines = new LinkedHashMap<>();
        fields.forEach((name, value) -> lines.put(name, value == null ? "unknown" : value.toString()));
        output.fields(fields, lines);
        return Exit.DONE;
    }

    private static Map<String, @Nullable Object> fields(CacheStats stats) {
        BackendInfo backend = stats.backend();
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("url", backend.address());
        fields.put("entries", known(backend.entries()));
        fields.put("evictions", known(backend.evictions()));
        fields.put("weightBytes", known(backend.weightBytes()));
        fields.put("hits", stats.hits());
        fields.put("misses", stats.misses());
        fields.put("puts", stats.puts());
        fields.put("removals", stats.removals());
        fields.put("errors", stats.errors());
        fields.putAll(new TreeMap<>(backend.details()));
        return fields;
    }

    private static @Nullable Long known(long count) {
        return count == BackendInfo.UNKNOWN ? null : count;
    }
}
