package io.larder.cli;

import io.larder.Cache;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Removes entries by key. */
@Command(
        name = "del",
        description = {"Removes entries and prints how many there were.", "Exit 1 if there was none."},
        footer = {"Example:", "  larder del user:42 user:43"})
final class DelVerb extends Verb {

    @Parameters(arity = "1..*", paramLabel = "KEY", description = "Any strings.")
    List<String> keys = new ArrayList<>();

    @Override
    int run(Session session, Cache<String, Object> cache, Output output) {
        long removed = cache.removeAll(keys);
        output.value(removed);
        return removed > 0 ? Exit.DONE : Exit.MISS;
    }
}
