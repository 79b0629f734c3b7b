package io.larder.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;

/** What there is to type, in the order of the help. */
final class Verbs {

    private static final List<String> NAMES = List.of(
            "demo",
            "shell",
            "get",
            "set",
            "del",
            "exists",
            "find",
            "expire",
            "incr",
            "keys",
            "entries",
            "search",
            "invalidate",
            "clear",
            "warm",
            "export",
            "import",
            "migrate",
            "config",
            "ping",
            "health",
            "stats",
            "completion");

    /** What a shell leaves out: it is one already, and the others do not use its cache. */
    private static final List<String> OUTSIDE_SHELL =
            List.of("shell", "demo", "export", "import", "migrate", "config", "completion");

    private static final List<String> HELP = List.of("-h", "--help");

    private Verbs() {}

    static List<String> names(boolean inShell) {
        return inShell
                ? NAMES.stream().filter(name -> !OUTSIDE_SHELL.contains(name)).toList()
                : NAMES;
    }

    /**
     * Returns those that {@code words} can mean; all of them for help, or when there is none.
     *
     * <p>Reading the annotations of a verb takes milliseconds, and all but one would be read for nothing.
     */
    static List<String> typed(String... words) {
        List<String> typed = new ArrayList<>(NAMES);
        typed.retainAll(Arrays.asList(words));
        return typed.isEmpty() || Arrays.stream(words).anyMatch(HELP::contains) ? NAMES : typed;
    }

    /** Lets {@code line} understand {@code names}. */
    static void add(CommandLine line, List<String> names) {
        for (String name : names) {
            CommandLine verb = new CommandLine(verb(name), line.getFactory());
            // A negative ttl is to be told that it is one, not that there is no such option.
            verb.setUnmatchedOptionsArePositionalParams(name.equals("expire"));
            line.addSubcommand(name, verb);
        }
    }

    private static Object verb(String name) {
        return switch (name) {
            case "demo" -> new DemoVerb();
            case "shell" -> new ShellVerb();
            case "get" -> new GetVerb();
            case "set" -> new SetVerb();
            case "del" -> new DelVerb();
            case "exists" -> new ExistsVerb();
            case "find" -> new FindVerb();
            case "expire" -> new ExpireVerb();
            case "incr" -> new IncrVerb();
            case "keys" -> new KeysVerb();
            case "entries" -> new EntriesVerb();
            case "search" -> new SearchVerb();
            case "invalidate" -> new InvalidateVerb();
            case "clear" -> new ClearVerb();
            case "warm" -> new WarmVerb();
            case "export" -> new ExportVerb();
            case "import" -> new ImportVerb();
            case "migrate" -> new MigrateVerb();
            case "config" -> new ConfigVerb();
            case "ping" -> new PingVerb();
            case "health" -> new HealthVerb();
            case "stats" -> new StatsVerb();
            case "completion" -> new CompletionVerb();
            default -> throw new IllegalArgumentException("No verb '" + name + "'");
        };
    }
}
