package io.larder.cli;

import io.larder.Cache;
import io.larder.CacheEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Finds keys, and values, that are like a text. */
@Command(
        name = "search",
        description = {
            "Prints the keys that are most like TEXT, the best first, with a score from 0 to 100.",
            "100 is the text itself, 99 has it in it, below that words are compared, so that what is mistyped is found. Upper"
                    + " and lower case are the same. With --values the values count as well, as JSON, and are printed.",
            "It looks at all entries that match. Exit 1 if none is like it."
        },
        footer = {
            "Examples:",
            "  larder search jonh",
            "  larder search --values 'ann smith' --match 'user:*' --limit 3",
            "  larder --json search --min 60 basket | jq -r .key"
        })
final class SearchVerb extends Verb {

    /** Of a value, for a search must not take minutes over one. */
    private static final int VALUE_CHARS_MAX = 10_000;

    private static final Comparator<Hit> BEST_FIRST =
            Comparator.comparingInt(Hit::score).reversed().thenComparing(Hit::key);

    @Parameters(paramLabel = "TEXT", description = "One word or several.")
    String text;

    @Option(names = "--values", description = "Search in values, too.")
    boolean values;

    @Mixin
    final MatchOption match = new MatchOption();

    @Option(names = "--min", paramLabel = "SCORE", description = "Leave out lower scores. Default: 80")
    int scoreMin = 80;

    @Option(names = "--limit", paramLabel = "N", description = "Print the best N. Default: 20")
    int limit = 20;

    /** Something that is like the text; with the value where values are searched. */
    private record Hit(
            int score,
            String key,
            boolean inValue,
            @Nullable Object value) {}

    @Override
    int run(Session session, Cache<String, Object> cache, Output output) {
        if (limit < 1 || scoreMin < 0 || scoreMin > 100) {
            throw badUsage(
                    "--limit must be at least 1, and --min from 0 to 100, were " + limit + " and " + scoreMin + ".");
        }
        Similarity similarity = new Similarity(text);
        PriorityQueue<Hit> best = new PriorityQueue<>(BEST_FIRST.reversed());
        Progress progress = new Progress(output.console());
        progress.begin("searching");
        try (Stream<Hit> hits = hits(cache, similarity)) {
            for (Iterator<Hit> each = hits.iterator(); each.hasNext(); progress.add(1)) {
                Hit hit = each.next();
                if (hit.score() >= scoreMin) {
                    best.add(hit);
                }
                if (best.size() > limit) {
                    best.remove();
                }
            }
        }
        progress.end();
        print(best.stream().sorted(BEST_FIRST).toList(), output);
        return best.isEmpty() ? output.miss() : Exit.DONE;
    }

    private Stream<Hit> hits(Cache<String, Object> cache, Similarity similarity) {
        return values
                ? cache.entries(match.glob).map(entry -> hit(entry, similarity))
                : cache.keys(match.glob).map(key -> new Hit(similarity.of(key), key, false, null));
    }

    private static Hit hit(CacheEntry<String, Object> entry, Similarity similarity) {
        String value = entry.value() instanceof String string ? string : JsonText.write(entry.value());
        int ofKey = similarity.of(entry.key());
        int ofValue = similarity.of(value.substring(0, Math.min(value.length(), VALUE_CHARS_MAX)));
        return new Hit(Math.max(ofKey, ofValue), entry.key(), ofValue > ofKey, entry.value());
    }

    private void print(List<Hit> hits, Output output) {
        try (Rows rows = values ? output.rows("score", "key", "in", "value") : output.rows("score", "key")) {
            for (Hit hit : hits) {
                Map<String, @Nullable Object> named = new LinkedHashMap<>();
                named.put("score", hit.score());
                named.put("key", hit.key());
                List<String> cells = new ArrayList<>(List.of(String.valueOf(hit.score()), Columns.oneLine(hit.key())));
                if (values) {
                    named.put("in", hit.inValue() ? "value" : "key");
                    named.put("value", hit.value());
                    cells.add(hit.inValue() ? "value" : "key");
                    cells.add(JsonText.write(hit.value()));
                }
                rows.add(named, cells);
            }
        }
    }
}
