package io.larder.cli;

import io.larder.BackendException;
import io.larder.CacheEvent;
import io.larder.config.LarderConfig;
import java.nio.file.Path;
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
        synopsisSubcommandLabel = "VERB",
        description = "Reads and changes a cache, wherever it lives.",
        descriptionHeading = "%nDescription:%n",
        parameterListHeading = "%nParameters:%n",
        optionListHeading = "%nOptions:%n",
        commandListHeading = "%nVerbs:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:a miss, or not done",
            "2:bad usage or configuration, told in one line",
            "3:the backend cannot be reached, or does not let us in"
        },
        footerHeading = "%n",
        footer = {
            "Environment:",
            "  LARDER_URL       what --url says, out of sight of other users of the machine",
            "  LARDER_CONFIG, LARDER_PROFILE   what --config and --profile say",
            "  NO_COLOR         if it is set, nothing is coloured",
            "",
            "Examples:",
            "  larder set user:42 '{\"name\":\"Ann\"}' --ttl 1h --tag team:7",
            "  larder --config larder.yaml --cache users get 42",
            "  larder help VERB"
        })
final class LarderCommand implements Runnable, AutoCloseable {

    private static final String URL_VARIABLE = "LARDER_URL";
    private static final String CONFIG_VARIABLE = "LARDER_CONFIG";
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

    @Option(
            names = "--config",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            converter = PathText.class,
            description = "In place of a URL: a configuration in YAML, properties or INI. Default: $LARDER_CONFIG")
    @Nullable
    Path config;

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            scope = ScopeType.INHERIT,
            description = "What part of the configuration goes over the rest. Default: $LARDER_PROFILE")
    @Nullable
    String profile;

    @Option(
            names = "--cache",
            paramLabel = "NAME",
            scope = ScopeType.INHERIT,
            description = "Which cache, by the name that programs give it. Default: " + Session.CACHE)
    @Nullable
    String cache;

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            scope = ScopeType.INHERIT,
            converter = Format.Converter.class,
            completionCandidates = Format.Names.class,
            description = "Print results as table, json (one value a line) or csv. Default: as the verb says")
    @Nullable
    Format format;

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "As --output json.")
    boolean json;

    @Spec
    CommandSpec spec;

    private final Console console;
    private final Map<String, String> environment;
    private final @Nullable Session shared;
    private final Format standard;
    private @Nullable Session own;

    LarderCommand(Console console, Map<String, String> environment) {
        this(console, environment, null, Format.LINES);
    }

    /** Makes the command for the lines of a shell. */
    LarderCommand(LarderCommand outside, Session shared, Format standard) {
        this(outside.console, outside.environment, shared, standard);
    }

    private LarderCommand(Console console, Map<String, String> environment, @Nullable Session shared, Format standard) {
        this.console = console;
        this.environment = environment;
        this.shared = shared;
        this.standard = standard;
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

    /** Returns whether colours are wanted: by a person, who has not said otherwise (no-color.org). */
    boolean isColoured() {
        return console.terminal().getAsBoolean()
                && environment.getOrDefault("NO_COLOR", "").isEmpty();
    }

    Map<String, String> environment() {
        return environment;
    }

    Output output() {
        if (json && format != null && format != Format.JSON) {
            throw new ParameterException(spec.commandLine(), "'--json' and '--output' name two formats. Keep one.");
        }
        Format asked = json ? Format.JSON : format;
        return new Output(console, asked == null ? standard : asked, shared != null);
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

    /** Returns where the cache is that was asked for. */
    Whereabouts whereabouts() {
        Path file = config;
        String variable = environment.getOrDefault(CONFIG_VARIABLE, "");
        if (file == null && givenUrl() == null && !variable.isEmpty()) {
            file = Path.of(variable);
        }
        if (url != null && config != null) {
            throw new ParameterException(
                    spec.commandLine(), "'--url' and '--config' both say where the cache is. Keep one.");
        }
        if (file == null && profile != null) {
            throw new ParameterException(
                    spec.commandLine(), "'--profile' is of a configuration. Name one by '--config FILE'.");
        }
        return file == null
                ? Whereabouts.ofUrl(urlOrStandard(), cacheName())
                : Whereabouts.ofConfig(LarderConfig.read(file, profile, environment), file.toString(), cacheName());
    }

    String cacheName() {
        return cache == null ? Session.CACHE : cache;
    }

    /** Opens the cache at the first call; a shell has it open already. */
    Session session() {
        if (shared != null) {
            if (url != null || namespace != null || config != null || profile != null || cache != null) {
                throw new ParameterException(
                        spec.commandLine(),
                        "A shell stays on the cache it was started on. Give --url, --config, --cache and --namespace"
                                + " before 'shell'.");
            }
            return shared;
        }
        Session open = own;
        if (open == null) {
            open = Session.open(whereabouts(), namespace, this::tell);
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
