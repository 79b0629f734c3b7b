package io.larder.cli;

import io.larder.Cache;
import io.larder.CacheEntry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints an entry with its metadata. */
@Command(
        name = "find",
        description = {
            "Prints the entry with its remaining ttl, its age and its tags.",
            "Also when it is stale: past its ttl, but kept by 'stale-for'. Exit 1 for a miss."
        },
        footer = {"Examples:", "  larder find user:42", "  larder --json find user:42 | jq .ttlMillis"})
final class FindVerb extends Verb {

    @Parameters(paramLabel = "KEY", description = "Any string.")
    String key;

    @Override
    int run(Session session, Cache<String, Object> cache, Output output) {
        CacheEntry<String, Object> entry = cache.find(key);
        if (entry == null) {
            return output.miss();
        }
        output.fields(Output.fields(entry), Columns.all(entry));
        return Exit.DONE;
    }
}
