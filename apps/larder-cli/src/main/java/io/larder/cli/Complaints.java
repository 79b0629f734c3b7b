package io.larder.cli;

import io.larder.BackendException;
import io.larder.LarderException;
import io.larder.url.Nearest;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns whatever went wrong into one line and an {@link Exit} code. */
final class Complaints implements IParameterExceptionHandler, IExecutionExceptionHandler {

    private static final int KEY_SHOWN_MAX = 80;

    private final Console console;
    private final Supplier<String> where;
    private final String program;

    /**
     * Makes one.
     *
     * @param where what the lines begin with, such as the number of a script's line
     * @param program what has to be typed before a verb, blank included
     */
    Complaints(Console console, Supplier<String> where, String program) {
        this.console = console;
        this.where = where;
        this.program = program;
    }

    /** Tells what is wrong with what was typed, and where to read how it goes. */
    @Override
    public int handleParseException(ParameterException e, String[] args) {
        CommandSpec spec = e.getCommandLine().getCommandSpec();
        String message = e instanceof UnmatchedArgumentException unmatched
                ? unmatched(spec, unmatched.getUnmatched())
                : String.valueOf(e.getMessage());
        message = message.replaceFirst("^Error: ", "");
        String verb = spec.parent() == null ? "" : spec.name() + " ";
        complain(message.endsWith(".") ? message : message + ".", " Try '" + program + verb + "--help'.");
        return Exit.USAGE;
    }

    /** Says on a line of its own what became of {@code key}, and why. */
    static void note(Console console, Object key, String what, RuntimeException cause) {
        String shown = String.valueOf(key);
        shown = shown.length() <= KEY_SHOWN_MAX ? shown : shown.substring(0, KEY_SHOWN_MAX) + "…";
        console.err().print("larder: '" + singleLine(shown + "' " + what + ": " + cause.getMessage()) + "\n");
        console.flush();
    }

    /** Tells what the cache would not or could not do. */
    @Override
    public int handleExecutionException(Exception e, CommandLine line, ParseResult parsed) {
        if (e instanceof ParameterException badUsage) {
            return handleParseException(badUsage, new String[0]);
        }
        boolean expected = e instanceof LarderException
                || e instanceof IllegalArgumentException
                || e instanceof ArithmeticException;
        String message = e instanceof UncheckedIOException failed ? unread(failed) : unexpected(e);
        complain(expected ? String.valueOf(e.getMessage()) : message, "");
        return e instanceof BackendException failure && isOutOfReach(failure, line) ? Exit.UNREACHABLE : Exit.USAGE;
    }

    /** Tells a backend that does not let us in from one that would not do this one thing. */
    private static boolean isOutOfReach(BackendException failure, CommandLine line) {
        LarderCommand larder = (LarderCommand) line.getCommandSpec().root().userObject();
        return failure.isTransient() || !larder.isReachable();
    }

    private static String unmatched(CommandSpec spec, List<String> words) {
        String word = words.get(0);
        if (word.startsWith("-")) {
            List<String> options = spec.optionsMap().entrySet().stream()
                    .filter(option -> !option.getValue().hidden())
                    .map(Map.Entry::getKey)
                    .toList();
            return "Unknown option '" + word + "'." + Nearest.hint(word, options);
        }
        return spec.parent() != null
                ? "'" + word + "' is one word too many."
                : "Unknown verb '" + word + "'."
                        + Nearest.hint(word, ((LarderCommand) spec.root().userObject()).verbs());
    }

    /** Names the reason, which is in the cause's name where its message is only the file's. */
    private static String unread(UncheckedIOException failed) {
        Throwable cause = failed.getCause();
        return failed.getMessage()
                + (cause == null ? "" : ": " + cause.getClass().getSimpleName());
    }

    /** Names the place, since a single line has no room for the stack. */
    private static String unexpected(Exception e) {
        StackTraceElement[] stack = e.getStackTrace();
        return "Unexpected " + e + (stack.length == 0 ? "" : " at " + stack[0]) + ". This is a bug in Larder";
    }

    void complain(String message, String advice) {
        console.err().print(where.get() + ": " + singleLine(message) + advice + "\n");
        console.flush();
    }

    private static String singleLine(String message) {
        StringBuilder line = new StringBuilder(message);
        for (int i = 0; i < line.length(); i++) {
            if (Character.isISOControl(line.charAt(i))) {
                line.setCharAt(i, ' ');
            }
        }
        return line.toString();
    }
}
