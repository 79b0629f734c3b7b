package io.larder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** The command line in this process: what it was given, and what it answered. */
record Cli(int exit, String out, String err) {

    /** Runs one command. */
    static Cli larder(String... args) {
        return larder(Map.of(), "", args);
    }

    /** Runs the lines in a shell on a fresh cache in memory. */
    static Cli shell(String... lines) {
        return larder(Map.of(), String.join("\n", lines) + "\n", "shell");
    }

    static Cli larder(Map<String, String> environment, String input, String... args) {
        return larder(false, environment, input, args);
    }

    static Cli larder(boolean terminal, Map<String, String> environment, String input, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        // For a person everything takes long, so that all progress is seen.
        AtomicLong nanos = new AtomicLong();
        Console console = Console.of(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                out,
                err,
                () -> terminal,
                () -> terminal ? nanos.addAndGet(2_000_000_000L) : nanos.get());
        // Not in this user's own cache.
        Map<String, String> variables = new HashMap<>(Map.of("LARDER_URL", "memory:"));
        variables.putAll(environment);
        int exit = CommandLines.run(console, variables, args);
        return new Cli(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Returns the lines on standard output. */
    List<String> lines() {
        return out.lines().toList();
    }

    /** Checks that it was done, and that nothing but {@code lines} was printed. */
    void prints(String... lines) {
        assertThat(this).isEqualTo(new Cli(Exit.DONE, text(lines), ""));
    }

    /** Checks that it was refused with one line on standard error, and returns that line. */
    String refusal() {
        assertThat(exit).as(err).isEqualTo(Exit.USAGE);
        assertThat(out).isEmpty();
        assertThat(err.lines()).hasSize(1).allMatch(line -> line.startsWith("larder: "));
        return err.strip();
    }

    private static String text(String... lines) {
        return String.join("", Arrays.stream(lines).map(line -> line + "\n").toList());
    }
}
