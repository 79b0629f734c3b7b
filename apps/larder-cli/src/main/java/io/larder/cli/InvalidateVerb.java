package io.larder.cli;

import io.larder.Cache;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Removes entries by tag or by pattern. */
@Command(
        name = "invalidate",
        description = "Removes every entry with a tag, or whose key matches, and prints how many there were.",
        footer = {"Examples:", "  larder invalidate --tag team:7", "  larder invalidate --match 'user:*'"})
final class InvalidateVerb extends Verb {

    @Option(names = "--tag", paramLabel = "T", description = "Those that carry this tag.")
    @Nullable
    String tag;

    @Option(names = "--match", paramLabel = "GLOB", description = "Those whose key matches.")
    @Nullable
    String glob;

    @Override
    int run(Session session, Cache<String, Object> cache, Output output) {
        if (tag != null && glob == null) {
            output.value(cache.invalidateTag(tag));
        } else if (glob != null && tag == null) {
            output.value(cache.removeMatching(glob));
        } else {
            throw badUsage("It takes one of '--tag T' and '--match GLOB'.");
        }
        return Exit.DONE;
    }
}
