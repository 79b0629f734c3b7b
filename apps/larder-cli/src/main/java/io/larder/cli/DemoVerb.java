package io.larder.cli;

import io.larder.Larder;
import io.larder.cli.demo.Demo;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Shows what a cache is good for. Not a {@link Verb}: it has a cache of its own. */
@Command(
        name = "demo",
        description = {
            "Shows, with measured times, a cache in front of a database.",
            "The database is H2 in this process with 200,000 generated orders. Shown are a cold read, a hit, 1,000"
                    + " callers on one cold key, a tag invalidation, an expiry, and what the same reads cost without"
                    + " the cache. It uses a cache named 'demo-reports', which it empties before and after."
        },
        footer = {"Examples:", "  larder demo", "  larder --url 'memory:?max=500' demo     with too little room"})
final class DemoVerb implements Callable<Integer> {

    private static final String URL_STANDARD = "memory:?max=10k";

    @ParentCommand
    LarderCommand larder;

    @Spec
    CommandSpec spec;

    @Option(names = "--rows", paramLabel = "N", hidden = true, description = "How many orders to make.")
    int rows = 200_000;

    @Option(names = "--reads", paramLabel = "N", hidden = true, description = "How many reads to mix.")
    int reads = 50_000;

    @Override
    public Integer call() {
        if (rows < Demo.ROWS_MIN || reads < 1) {
            throw new ParameterException(
                    spec.commandLine(), "The demo needs at least " + Demo.ROWS_MIN + " rows and 1 read.");
        }
        if (larder.output().isJson()) {
            throw new ParameterException(
                    spec.commandLine(), "The demo is for people and prints no JSON. Leave '--json' out.");
        }
        if (larder.config != null) {
            throw new ParameterException(spec.commandLine(), "The demo has a cache of its own. Leave '--config' out.");
        }
        String given = larder.givenUrl();
        @Nullable String namespace = larder.namespace;
        try (Larder cacheOwner = Larder.open(given == null ? URL_STANDARD : given)) {
            Console console = larder.console();
            new Demo(cacheOwner, namespace, console.out(), larder.isColoured()).run(rows, reads);
        }
        return Exit.DONE;
    }
}
