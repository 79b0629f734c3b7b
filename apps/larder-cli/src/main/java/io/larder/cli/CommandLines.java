package io.larder.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;

/** Makes command lines of the verbs and runs them: once for the program, once for each line of a shell. */
final class CommandLines {

    private CommandLines() {}

    /** Runs one command and returns its {@link Exit} code. */
    static int run(Console console, Map<String, String> environment, String... args) {
        LarderCommand larder = new LarderCommand(console, environment);
        String[] words = withHelp(List.of(args));
        try {
            return commandLine(larder, Verbs.typed(words), new Complaints(console, () -> "larder", "larder "))
                    .execute(words);
        } finally {
            larder.close();
            console.flush();
        }
    }

    /** Returns a command line for the lines of a shell, which all use {@code session}. */
    static CommandLine forShell(LarderCommand outside, Session session, Format standard, Complaints complaints) {
        LarderCommand larder = new LarderCommand(outside, session, standard);
        return commandLine(larder, larder.verbs(), complaints);
    }

    /** Returns the words, with {@code help VERB} as the option that it means. */
    static String[] withHelp(List<String> words) {
        List<String> asTyped = new ArrayList<>(words);
        if (!words.isEmpty() && words.get(0).equals("help")) {
            asTyped.remove(0);
            asTyped.add("--help");
        }
        return asTyped.toArray(String[]::new);
    }

    /** Returns one with all verbs, to be looked at. */
    static CommandLine ofAllVerbs(LarderCommand outside) {
        CommandLine line = new CommandLine(new LarderCommand(outside.console(), outside.environment()));
        Verbs.add(line, Verbs.names(false));
        return line;
    }

    private static CommandLine commandLine(LarderCommand larder, List<String> verbs, Complaints complaints) {
        CommandLine line = new CommandLine(larder);
        Verbs.add(line, verbs);
        return line
                // A value may begin with '@'; it is no file of arguments.
                .setExpandAtFiles(false)
                .setUsageHelpLongOptionsMaxWidth(32)
                .setOut(larder.console().out())
                .setErr(larder.console().err())
                .setHelpFactory((spec, colours) ->
                        new Help(spec, Help.defaultColorScheme(larder.isColoured() ? Ansi.AUTO : Ansi.OFF)))
                .setParameterExceptionHandler(complaints)
                .setExecutionExceptionHandler(complaints);
    }
}
