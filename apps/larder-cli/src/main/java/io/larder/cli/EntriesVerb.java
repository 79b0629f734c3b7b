package io.larder.cli;

import io.larder.Cache;
import io.larder.CacheEntry;
import io.larder.spi.KeyPattern;
import java.util.Iterator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists entries. */
@Command(
        name = "entries",
        description = {
            "Prints the entries that match, one a line, in no order.",
            "Key, value as JSON, ttl and tags, with tabs between.",
            "A key with a line break or the like in it is printed as a JSON string."
        },
        footer = {
            "Examples:",
            "  larder entries --tag team:7",
            "  larder entries 'user:*' | cut -f1,3",
            "  larder --json entries | jq -r 'select(.ttlMillis == null).key'"
        })
final class EntriesVerb extends Verb {

    @Parameters(
            arity = "0..1",
            paramLabel = "GLOB",
            description = "*, ?, [a-z]; \\ takes the next character as it is. Default: all")
    String glob = "*";

    @Option(names = "--tag", paramLabel = "T", description = "Only those that carry this tag.")
    @Nullable
    String tag;

    @Override
    int run(Session session, Cache<String, Object> cache, Output output) {
        try (Stream<CacheEntry<String, Object>> entries = matching(cache);
                Rows rows = output.rows("key", "value", "ttl", "tags")) {
            Iterator<CacheEntry<String, Object>> found = entries.iterator();
            while (found.hasNext() && !output.console().isCut()) {
                CacheEntry<String, Object> entry = found.next();
                rows.add(Output.fields(entry), Columns.of(entry));
            }
        }
        return Exit.DONE;
    }

    private Stream<CacheEntry<String, Object>> matching(Cache<String, Object> cache) {
        if (tag == null) {
            return cache.entries(glob);
        }
        KeyPattern pattern = KeyPattern.glob(glob);
        return cache.entriesByTag(tag).filter(entry -> pattern.matches(entry.key()));
    }
}
