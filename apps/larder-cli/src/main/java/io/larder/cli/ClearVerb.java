package io.larder.cli;

import io.larder.Cache;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Removes every entry. */
@Command(
        name = "clear",
        description = {
            "Removes every entry of this cache; other caches, namespaces and versions stay.",
            "A person is asked before; a script has to say --yes. Exit 1 if the answer is no."
        },
        footer = {"Example:", "  larder --namespace shop clear --yes"})
final class ClearVerb extends Verb {

    @Option(names = "--yes", description = "Do not ask. Without it a script is refused.")
    boolean yes;

    @Override
    int run(Session session, Cache<String, Object> cache, Output output) {
        String what = "remove every entry of " + session.address();
        if (!yes && !output.console().terminal().getAsBoolean()) {
            throw badUsage("This would " + what + ". Type 'clear --yes' to do it.");
        }
        if (!yes && !output.console().isConfirmed("This will " + what + ". Go on?")) {
            return output.notDone();
        }
        new Progress(output.console()).during("removing", () -> {
            cache.clear();
            return Exit.DONE;
        });
        return Exit.DONE;
    }
}
