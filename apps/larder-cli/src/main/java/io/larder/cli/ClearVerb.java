package io.larder.cli;

import io.larder.Cache;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Removes every entry. */
@Command(
        name = "clear",
        description = "Removes every entry of this cache; other caches, namespaces and versions stay.",
        footer = {"Example:", "  larder --namespace shop clear --yes"})
final class ClearVerb extends Verb {

    @Option(names = "--yes", description = "Confirms it; without it nothing is removed.")
    boolean yes;

    @Override
    int run(Session session, Cache<String, Object> cache, Output output) {
        if (!yes) {
            throw badUsage("This would remove every entry of " + session.address() + ". Type 'clear --yes' to do it.");
        }
        cache.clear();
        return Exit.DONE;
    }
}
