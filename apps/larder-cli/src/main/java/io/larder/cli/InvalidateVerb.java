package io.larder.cli;

import io.larder.Cache;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Removes entries by tag or by pattern. */
@Command(
        name = "invalidate",
        description = {
            "Removes every entry with a tag, or whose key matches, and prints how many there were.",
            "On a terminal it asks before. Exit 1 if the answer is no."
        },
        footer = {"Examples:", "  larder invalidate --tag team:7", "  larder invalidate --match 'user:*'"})
final class InvalidateVerb extends Verb {

    @Option(names = "--tag", paramLabel = "T", description = "Those that carry this tag.")
    @Nullable
    String tag;

    @Option(names = "--match", paramLabel = "GLOB", description = "Those whose key matches.")
    @Nullable
    String glob;

    @Option(names = "--yes", description = "Do not ask, on a terminal.")
    boolean yes;

    @Override
    int run(Session session, Cache<String, Object> cache, Output output) {
        if ((tag == null) == (glob == null)) {
            throw badUsage("It takes one of '--tag T' and '--match GLOB'.");
        }
        String which = tag == null ? "whose key matches '" + glob + "'" : "with tag '" + tag + "'";
        if (!yes
                && output.console().terminal().getAsBoolean()
                && !output.console()
                        .isConfirmed(
                                "This will remove every entry of " + session.address() + " " + which + ". Go on?")) {
            return output.notDone();
        }
        output.value(new Progress(output.console()).during("removing", () -> removed(cache)));
        return Exit.DONE;
    }

    private long removed(Cache<String, Object> cache) {
        return tag == null ? cache.removeMatching(String.valueOf(glob)) : cache.invalidateTag(tag);
    }
}
