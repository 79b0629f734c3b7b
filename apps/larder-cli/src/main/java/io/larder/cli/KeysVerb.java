package io.larder.cli;

import io.larder.Cache;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists keys. */
@Command(
        name = "keys",
        description = "Prints the keys that match, one a line, in no order.",
        footer = {"Examples:", "  larder keys", "  larder keys 'user:*' --limit 10"})
final class KeysVerb extends Verb {

    @Parameters(
            arity = "0..1",
            paramLabel = "GLOB",
            description = "*, ?, [a-z]; \\ takes the next character as it is. Default: all")
    String glob = "*";

    @Option(names = "--limit", paramLabel = "N", description = "Stop after N keys.")
    long limit = Long.MAX_VALUE;

    @Override
    int run(Session session, Cache<String, Object> cache, Output output) {
        if (limit < 1) {
            throw badUsage("--limit must be at least 1, was " + limit + ".");
        }
        try (Stream<String> keys = cache.keys(glob);
                Rows rows = output.rows("key")) {
            Iterator<String> found = keys.limit(limit).iterator();
            while (found.hasNext() && !output.console().isCut()) {
                String key = found.next();
                if (output.isJson()) {
                    output.value(key);
                } else {
                    rows.add(Map.of("key", key), List.of(Columns.oneLine(key)));
                }
            }
        }
        return Exit.DONE;
    }
}
