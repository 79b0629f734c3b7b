package io.larder.cli;

import io.larder.config.LarderConfig;
import io.larder.url.Nearest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Looks at a configuration. Not a {@link Verb}: it opens nothing. */
@Command(
        name = "config",
        description = {
            "Looks at a file that declares caches and backends, and opens nothing.",
            "'check' prints 'ok', or each mistake with its line and exits with 2; without --profile it looks at all"
                    + " profiles. 'show' prints all values in effect, with the source of each, and no secrets."
        },
        footer = {
            "Examples:",
            "  larder config check larder.yaml",
            "  larder config show larder.yaml --profile production"
        })
final class ConfigVerb implements Callable<Integer> {

    private static final String CHECK = "check";
    private static final String SHOW = "show";

    @ParentCommand
    LarderCommand larder;

    @Spec
    CommandSpec spec;

    @Parameters(index = "0", paramLabel = "check|show", description = "What to do.")
    String action;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "FILE",
            converter = PathText.class,
            description = "A file in YAML, properties or INI. Default: --config, else $LARDER_CONFIG, else only the"
                    + " environment")
    @Nullable
    Path file;

    @Override
    public Integer call() {
        LarderConfig config = read(larder.profile);
        return switch (action) {
            case CHECK -> check(config);
            case SHOW -> show(config);
            default ->
                throw new ParameterException(
                        spec.commandLine(), "Cannot '" + action + "'." + Nearest.hint(action, List.of(CHECK, SHOW)));
        };
    }

    private LarderConfig read(@Nullable String chosen) {
        return LarderConfig.read(file == null ? larder.config : file, chosen, larder.environment());
    }

    private int check(LarderConfig config) {
        Set<String> mistakes = new LinkedHashSet<>();
        boolean chosen = larder.profile != null
                || !larder.environment().getOrDefault("LARDER_PROFILE", "").isEmpty();
        if (chosen || config.profiles().isEmpty()) {
            mistakes.addAll(config.mistakes());
        } else {
            config.profiles().forEach(each -> mistakes.addAll(read(each).mistakes()));
        }
        if (mistakes.isEmpty()) {
            larder.output().value("ok");
        }
        return told(mistakes);
    }

    private int show(LarderConfig config) {
        List<String> mistakes = config.mistakes();
        if (mistakes.isEmpty() && larder.output().format() == Format.LINES) {
            config.show().lines().forEach(larder.output()::line);
        } else if (mistakes.isEmpty()) {
            try (Rows rows = larder.output().rows("path", "value", "source")) {
                config.values().forEach(value -> {
                    Map<String, @Nullable Object> named = new LinkedHashMap<>();
                    named.put("path", larder.output().isJson() ? new ArrayList<>(value.path()) : value.key());
                    named.put("value", value.value());
                    named.put("source", value.source());
                    rows.add(named, List.of(value.key(), value.value(), value.source()));
                });
            }
        }
        return told(mistakes);
    }

    /** Prints each mistake as compilers do, so that editors find the line. */
    private int told(Iterable<String> mistakes) {
        int exit = Exit.DONE;
        for (String mistake : mistakes) {
            larder.console().err().print(mistake + "\n");
            exit = Exit.USAGE;
        }
        return exit;
    }
}
