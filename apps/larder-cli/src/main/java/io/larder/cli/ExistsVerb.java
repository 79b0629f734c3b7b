package io.larder.cli;

import io.larder.Cache;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Tells whether there is an entry. */
@Command(
        name = "exists",
        description = {"Prints whether there is an entry: true or false.", "Exit 1 for false."},
        footer = {"Example:", "  larder exists user:42 && echo cached"})
final class ExistsVerb extends Verb {

    @Parameters(paramLabel = "KEY", description = "Any string.")
    String key;

    @Override
    int run(Session session, Cache<String, Object> cache, Output output) {
        boolean exists = cache.contains(key);
        output.value(exists);
        return exists ? Exit.DONE : Exit.MISS;
    }
}
