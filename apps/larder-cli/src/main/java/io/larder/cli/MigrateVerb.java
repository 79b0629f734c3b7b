package io.larder.cli;

import io.larder.spi.KeyPattern;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Copies a cache to another backend. Not a {@link Verb}: it takes two caches, as bytes. */
@Command(
        name = "migrate",
        description = {
            "Copies the entries of a cache to another backend, with their ttl and tags.",
            "Values are copied as they lie there. What both have alike is skipped, so a run that was ended is just"
                    + " repeated. An entry that the target has with another value stays, unless --overwrite is given.",
            "Prints how many there were of each kind. Exit 1 if the target refused some, or --verify found differences."
        },
        footer = {
            "Examples:",
            "  larder migrate --from disk:/var/cache/shop --to redis://host:6379/0 --cache users --verify",
            "  larder migrate --to memcached://host --match 'user:*'"
        })
final class MigrateVerb implements Callable<Integer> {

    @ParentCommand
    LarderCommand larder;

    @Spec
    CommandSpec spec;

    @Option(names = "--from", paramLabel = "URL", description = "The source. Default: what --url or --config say")
    @Nullable
    String from;

    @Option(names = "--to", paramLabel = "URL", required = true, description = "The target.")
    String to;

    @Mixin
    final MatchOption match = new MatchOption();

    @Option(names = "--overwrite", description = "Replace what the target has with another value, ttl or tags.")
    boolean overwrite;

    @Option(names = "--verify", description = "Compare the two afterwards, and name the first differences.")
    boolean verify;

    @Override
    public Integer call() {
        if (from != null && (larder.url != null || larder.config != null)) {
            throw badUsage("'--from' and '" + (larder.url == null ? "--config" : "--url")
                    + "' both name the source. Keep one.");
        }
        KeyPattern pattern = match.pattern();
        try (RawSession source = open(from == null ? larder.whereabouts() : at(from));
                RawSession target = open(at(to))) {
            if (!source.codec().equals(target.codec())) {
                throw badUsage("The source's codec is '" + source.codec() + "', the target's '" + target.codec()
                        + "', and values are copied as they are. Name the same codec in both URLs.");
            }
            return new Migration(source.entries(), target.entries(), pattern, larder.output()).run(overwrite, verify);
        }
    }

    private Whereabouts at(String url) {
        return Whereabouts.ofUrl(url, larder.cacheName());
    }

    private RawSession open(Whereabouts where) {
        return RawSession.open(where, larder.namespace);
    }

    private ParameterException badUsage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
