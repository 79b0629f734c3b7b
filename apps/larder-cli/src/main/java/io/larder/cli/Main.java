package io.larder.cli;

import java.util.List;

/** The program {@code larder}. */
public final class Main {

    /** What Java puts in place of a character that the locale does not have. */
    private static final String LOST = "\uFFFD";

    private Main() {}

    /** Runs one command and ends the process with its {@link Exit} code. */
    public static void main(String[] args) {
        prepare();
        Console console = Console.ofSystem();
        if (hasLost(args)) {
            // Two keys that are not the same would become one.
            console.err()
                    .print("larder: A word holds characters that the locale does not have."
                            + " Set LC_ALL=C.UTF-8, or type it in 'larder shell', which always reads UTF-8.\n");
            console.flush();
            System.exit(Exit.USAGE);
        }
        System.exit(CommandLines.run(console, System.getenv(), args));
    }

    /** Sets what libraries ask the JVM for. */
    static void prepare() {
        QuietLogs.install();
        // No verb takes such types, and picocli would load them all to find converters for them.
        System.setProperty("picocli.converters.excludes", "java.*");
    }

    private static boolean hasLost(String[] args) {
        return !"UTF-8".equals(System.getProperty("sun.jnu.encoding"))
                && List.of(args).stream().anyMatch(word -> word.contains(LOST));
    }
}
