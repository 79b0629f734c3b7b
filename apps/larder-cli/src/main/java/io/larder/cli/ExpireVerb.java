package io.larder.cli;

import io.larder.Cache;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Gives an entry another time to live. */
@Command(
        name = "expire",
        description = {"Gives the entry a new time to live, from now.", "Exit 1 if there is none."},
        footer = {
            "Examples:",
            "  larder expire session:9 30m",
            "  larder expire session:9 never",
            "  larder expire session:9 0s     removes it"
        })
final class ExpireVerb extends Verb {

    @Parameters(index = "0", paramLabel = "KEY", description = "Any string.")
    String key;

    @Parameters(
            index = "1",
            paramLabel = "TTL",
            converter = DurationText.class,
            description = "500ms, 90s, 1h30m, 2d, never; 0s removes the entry.")
    Duration ttl;

    @Override
    int run(Session session, Cache<String, Object> cache, Output output) {
        return cache.expire(key, ttl) ? Exit.DONE : output.miss();
    }
}
