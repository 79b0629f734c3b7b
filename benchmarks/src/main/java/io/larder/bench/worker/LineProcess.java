package io.larder.bench.worker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process that says {@value Orders#READY} and then answers orders, line by line. Confined to one thread. */
public final class LineProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final String label;
    private final Process process;
    private final BufferedReader answers;
    private final Writer orders;

    private LineProcess(String label, Process process) {
        this.label = label;
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.orders = process.outputWriter(StandardCharsets.UTF_8);
    }

    /** Returns what starts {@code main} on the class path of this JVM, by this JVM's program. */
    public static List<String> java(List<String> options, Class<?> main, String... arguments) {
        return java(options, System.getProperty("java.class.path"), main, arguments);
    }

    /** Returns what starts {@code main} on a class path, by this JVM's program. */
    public static List<String> java(List<String> options, String classPath, Class<?> main, String... arguments) {
        return java(Jdk.here(), options, classPath, main, arguments);
    }

    /** Returns what starts {@code main} on a class path, by the program of a JDK. */
    public static List<String> java(
            Jdk jdk, List<String> options, String classPath, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(jdk.program().toString());
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Starts a command and waits until it is ready; {@code label} stands in messages. */
    public static LineProcess start(String label, List<String> command) {
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start a process for " + label + ": " + command, e);
        }
        LineProcess started = new LineProcess(label, process);
        try {
            String answer = started.answer();
            if (!answer.equals(Orders.READY)) {
                throw new IllegalStateException("The process of " + label + " said '" + answer + "' instead of '"
                        + Orders.READY + "'. It is " + command);
            }
            return started;
        } catch (RuntimeException e) {
            started.close();
            throw e;
        }
    }

    /** Gives an order and waits for its answer. */
    public String ask(String order) {
        tell(order);
        return answer();
    }

    /** Gives an order, whose answer is to be asked for. */
    public void tell(String order) {
        try {
            orders.write(order + "\n");
            orders.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("The process of " + label + " does not take '" + order + "'", e);
        }
    }

    /** Waits for the next line. */
    public String answer() {
        try {
            String answer = answers.readLine();
            if (answer == null) {
                throw new IllegalStateException(
                        "The process of " + label + " ended without an answer. What it printed above says why");
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read what the process of " + label + " says", e);
        }
    }

    /** Ends it at once, wherever it is, and returns the lines that it had said until then. */
    public List<String> kill() {
        // The process itself would close its streams.
        process.toHandle().destroyForcibly();
        List<String> rest = answers.lines().toList();
        await();
        return rest;
    }

    /** Waits for its end, for a while. */
    @Override
    public void close() {
        try {
            orders.close();
        } catch (IOException endedAlready) {
            process.destroy();
        }
        await();
    }

    private void await() {
        try {
            if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
