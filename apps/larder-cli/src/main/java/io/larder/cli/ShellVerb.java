package io.larder.cli;

import io.larder.Cache;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Reads commands line by line, all for one open cache. */
@Command(
        name = "shell",
        description = {
            "Reads one command per line, all for one open cache.",
            "So even memory: is of use. A line that fails says so and the next one is read."
                    + " Exit 0, or the worst of 2 and 3 among the lines.",
            "'help' lists the verbs, 'help VERB' tells about one; 'exit' or the end of input ends it."
        },
        footer = {
            "Words are separated by blanks.",
            "  'a b'     as it is, up to the next quote",
            "  \"a b\"     the same, but \\\" is a quote and \\\\ a backslash",
            "  {\"n\": 1}  a word that begins with { or [ goes to the bracket that closes it, as it is",
            "  a\\ b      elsewhere \\ takes the next character as it is; a quote inside a word is a character",
            "",
            "Example:",
            "  printf 'set a {\"n\":1} --ttl 1h\\nget a\\n' | larder shell"
        })
final class ShellVerb extends Verb {

    private static final String PROMPT = "larder> ";

    private int lineNumber;

    @Override
    int run(Session session, Cache<String, Object> cache, Output output) {
        Console console = output.console();
        boolean terminal = console.terminal().getAsBoolean();
        Complaints complaints = new Complaints(console, () -> terminal ? "larder" : "larder: line " + lineNumber, "");
        CommandLine lines = CommandLines.forShell(larder, session, output.format(), complaints);
        int worst = Exit.DONE;
        for (String line = next(console, terminal); line != null; line = next(console, terminal)) {
            lineNumber++;
            if (line.strip().equals("exit")) {
                return worst;
            }
            int exit = execute(lines, complaints, line);
            // A miss is an answer like another; for a script as a whole it is no failure.
            worst = exit == Exit.MISS ? worst : Math.max(worst, exit);
            console.flush();
        }
        if (terminal) {
            // The end of input shows nothing; what comes next begins on a line of its own.
            output.line("");
        }
        return worst;
    }

    private static int execute(CommandLine lines, Complaints complaints, String line) {
        List<String> words;
        try {
            words = Words.of(line);
        } catch (IllegalArgumentException e) {
            complaints.complain(String.valueOf(e.getMessage()), "");
            return Exit.USAGE;
        }
        if (words.isEmpty()) {
            return Exit.DONE;
        }
        return lines.execute(CommandLines.withHelp(words));
    }

    private static @Nullable String next(Console console, boolean terminal) {
        if (terminal) {
            console.out().print(PROMPT);
            console.flush();
        }
        return console.readLine();
    }
}
