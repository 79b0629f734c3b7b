package io.larder.cli;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;

/** Makes command lines of the verbs and runs them: once for the program, once for each line of a shell. */
final class CommandLines {

    /** What a shell leaves out: it is one already, and the demo brings its own cache. */
    private static final List<String> OUTSIDE_SHELL = List.of("shell", "demo");

    private CommandLines() {}

    /** Runs one command and returns its {@link Exit} code. */
    static int run(Console console, Map<String, String> environment, String... args) {
        LarderCommand larder = new LarderCommand(console, environment);
        try {
            return commandLine(larder, new Complaints(console, () -> "larder", "larder "))
                    .execute(args);
        } finally {
            larder.close();
            console.flush();
        }
    }

    /** Returns a command line for the lines of a shell, which all use {@code session}. */
    static CommandLine forShell(Console console, Session session, boolean json, Complaints complaints) {
        CommandLine lines = commandLine(new LarderCommand(console, session, json), complaints);
        OUTSIDE_SHELL.forEach(lines.getCommandSpec()::removeSubcommand);
        return lines;
    }

    private static CommandLine commandLine(LarderCommand larder, Complaints complaints) {
        CommandLine line = new CommandLine(larder)
                // A value may begin with '@'; it is no file of arguments.
                .setExpandAtFiles(false)
                .setUsageHelpLongOptionsMaxWidth(32)
                .setOut(larder.console().out())
                .setErr(larder.console().err())
                .setHelpFactory((spec, colours) -> new Help(spec, colours(larder.console())))
                .setParameterExceptionHandler(complaints)
                .setExecutionExceptionHandler(complaints);
        // A negative ttl is to be told that it is one, not that there is no such option.
        Objects.requireNonNull(line.getSubcommands().get("expire")).setUnmatchedOptionsArePositionalParams(true);
        return line;
    }

    private static Help.ColorScheme colours(Console console) {
        return Help.defaultColorScheme(console.terminal().getAsBoolean() ? Ansi.AUTO : Ansi.OFF);
    }
}
