package io.larder.cli;

import io.larder.Cache;
import io.larder.EntryOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Counts. */
@Command(
        name = "incr",
        description = {
            "Adds to a counter and prints the sum.",
            "A sum beyond 64 bits is refused with exit 2, and so is a value that is no integer; both change nothing."
        },
        footer = {
            "Examples:",
            "  larder incr visits",
            "  larder incr stock:7 --by -2 --initial 100",
            "  larder incr logins:ann --ttl 1h"
        })
final class IncrVerb extends Verb {

    @Parameters(paramLabel = "KEY", description = "Any string.")
    String key;

    @Option(names = "--by", paramLabel = "N", description = "What to add. Default: 1")
    long by = 1;

    @Option(names = "--initial", paramLabel = "N", description = "What to add it to if there is no counter. Default: 0")
    long initial;

    @Option(
            names = "--ttl",
            paramLabel = "TTL",
            converter = DurationText.class,
            description = "How long a new counter lives; one that exists keeps its deadline.")
    @Nullable
    Duration ttl;

    @Override
    int run(Session session, Cache<String, Object> cache, Output output) {
        EntryOptions options = ttl == null ? EntryOptions.DEFAULT : EntryOptions.ttl(ttl);
        output.value(cache.counters().add(key, by, initial, options));
        return Exit.DONE;
    }
}
