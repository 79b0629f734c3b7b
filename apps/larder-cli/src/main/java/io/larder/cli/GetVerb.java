package io.larder.cli;

import io.larder.Cache;
import io.larder.CacheEntry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints a value. */
@Command(
        name = "get",
        description = {"Prints the value.", "A string as it is, anything else as JSON. Exit 1 for a miss."},
        footer = {"Examples:", "  larder get user:42", "  larder --json get user:42 | jq .name"})
final class GetVerb extends Verb {

    @Parameters(paramLabel = "KEY", description = "Any string.")
    String key;

    @Override
    int run(Session session, Cache<String, Object> cache, Output output) {
        // Not cache.get, which has one answer for a miss and for a cached null.
        CacheEntry<String, Object> entry = cache.find(key);
        if (entry == null || entry.stale()) {
            return output.miss();
        }
        output.value(entry.value());
        return Exit.DONE;
    }
}
