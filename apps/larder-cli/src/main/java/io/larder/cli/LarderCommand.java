package io.larder.cli;

import io.larder.BackendException;
import io.larder.CacheEvent;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command before the verb: where the cache is, and how results are printed. Confined to one thread. */
@Command(
        name = "larder",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Version.class,
        sortOptions = false,
        usageHelpWidth = 100,
        description = "Reads and changes a cache, wherever it lives.",
        descriptionHeading = "%n",
        parameterListHeading = "%n",
        optionListHeading = "%n",
        commandListHeading = "%nVerbs:%n",
        footerHeading = "%n")
final class LarderCommand implements Runnable, AutoCloseable {

    private static final String URL_VARIABLE = "LARDER_URL";
    private static final String COUNTS_AS_MISS = "counts as a miss";

    @Option(
            names = "--url",
            paramLabel = "URL",
            scope = ScopeType.INHERIT,
            description =
                    "Where the cache is, such as 'redis://host:6379/0', or in tiers 'memory:?max=10k | redis://host:6379/0'."
                            + " Default: $LARDER_URL, else disk: and your cache folder, such as ~/.cache/larder")
    @Nullable
    String url;

    @Option(
            names = "--namespace",
            paramLabel = "NS",
            scope = ScopeType.INHERIT,
            description = "Keeps applications apart that share a server. Default: the one of the URL, else none")
    @Nullable
    String namespace;

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Print every result as JSON, one value a line.")
    boolean json;

    @Spec
    CommandSpec spec;

    private final Console console;
    private final Map<String, String> environment;
    private final @Nullable Session shared;
    private final boolean sharedJson;
    private @Nullable Session own;

    LarderCommand(Console console, Map<String, String> environment) {
        this(console, environment, null, false);
    }

    /** Makes the command for the lines of a shell. */
    LarderCommand(Console console, Session shared, boolean sharedJson) {
        this(console, Map.of(), shared, sharedJson);
    }

    private LarderCommand(
            Console console, Map<String, String> environment, @Nullable Session shared, boolean sharedJson) {
        this.console = console;
        this.environment = environment;
        this.shared = shared;
        this.sharedJson = sharedJson;
    }

    /** Says what there is to type, since no verb was. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "No verb. Known: " + String.join(", ", verbs()) + ".");
    }

    /** Returns all that there is to type, which may be more than was made ready. */
    List<String> verbs() {
        return Verbs.names(shared != null);
    }

    Console console() {
        return console;
    }

    Map<String, String> environment() {
        return environment;
    }

    Output output() {
        return new Output(console, json || sharedJson, shared != null);
    }

    /** Returns the URL that was asked for, or null for the verb's own standard. */
    @Nullable
    String givenUrl() {
        String variable = environment.get(URL_VARIABLE);
        return url != null || variable == null || variable.isEmpty() ? url : variable;
    }

    /** Returns the URL that was asked for, else the user's own cache on disk. */
    String urlOrStandard() {
        String given = givenUrl();
        // One command reads too little for copies in memory to pay.
        return given == null ? UserCache.url(environment, System.getProperty("os.name")) + "?memory=0" : given;
    }

    /** Opens the cache at the first call; a shell has it open already. */
    Session session() {
        if (shared != null) {
            if (url != null || namespace != null) {
                throw new ParameterException(
                        spec.commandLine(),
                        "A shell stays on the cache it was started on. Give --url and --namespace before 'shell'.");
            }
            return shared;
        }
        Session open = own;
        if (open == null) {
            open = Session.open(urlOrStandard(), namespace, this::tell);
            own = open;
        }
        return open;
    }

    /** Says why something counts as a miss that a person would not take for one. */
    private void tell(CacheEvent event) {
        if (event instanceof CacheEvent.Undecodable undecodable) {
            Complaints.note(console, undecodable.key(), COUNTS_AS_MISS, undecodable.cause());
        } else if (event instanceof CacheEvent.ReadFailed failed) {
            Complaints.note(console, failed.key(), COUNTS_AS_MISS, failed.cause());
        }
    }

    /** Returns whether the backend answers at all, after it has failed a call for good. */
    boolean isReachable() {
        Session open = shared == null ? own : shared;
        if (open == null) {
            return false;
        }
        try {
            open.cache().ping();
            return true;
        } catch (BackendException alsoFailed) {
            return false;
        }
    }

    @Override
    public void close() {
        if (own != null) {
            own.close();
        }
    }
}
