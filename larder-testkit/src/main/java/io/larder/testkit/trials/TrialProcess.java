package io.larder.testkit.trials;

import io.larder.testkit.servers.Signals;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Another JVM, which is told things and says things, a line each. Thread-safe. */
final class TrialProcess implements AutoCloseable {

    /** What it says last, by itself. */
    static final String ENDED = "ended";

    private final Process process;
    private final BlockingQueue<Line> lines;
    private final Thread listener = new Thread(this::listen, "larder-trial-listener");

    /** What one of several has said. */
    record Line(TrialProcess by, String text) {

        String word(int number) {
            return text.split(" ", -1)[number];
        }

        long number(int word) {
            return Long.parseLong(word(word));
        }
    }

    private TrialProcess(Process process, BlockingQueue<Line> lines) {
        this.process = process;
        this.lines = lines;
    }

    /** Starts {@code main} on this class path; what it says goes into {@code lines}. */
    static TrialProcess start(Class<?> main, BlockingQueue<Line> lines, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dslf4j.internal.verbosity=ERROR",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                main.getName()));
        command.addAll(Stream.of(arguments).toList());
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            TrialProcess started = new TrialProcess(process, lines);
            started.listener.setDaemon(true);
            started.listener.start();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start " + command, e);
        }
    }

    private void listen() {
        try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                lines.add(new Line(this, line));
            }
        } catch (IOException e) {
            lines.add(new Line(this, "failed " + e));
        }
        lines.add(new Line(this, ENDED));
    }

    /** Returns the next of what was said, at the latest after {@code limit}. */
    static Line next(BlockingQueue<Line> lines, Duration limit) {
        try {
            Line line = lines.poll(limit.toSeconds(), TimeUnit.SECONDS);
            if (line == null) {
                throw new IllegalStateException(
                        "No process of the trial said anything for " + limit.toSeconds() + " s");
            }
            if (line.word(0).equals(ENDED)) {
                throw new IllegalStateException("A process of the trial has ended. What it printed above says why");
            }
            return line;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted in the trial", e);
        }
    }

    void tell(String line) {
        try {
            process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException("A process of the trial does not take '" + line + "'", e);
        }
    }

    /** Stops it by SIGSTOP, wherever it is. */
    void pause() {
        Signals.stop("a program of the trial", process.pid());
    }

    /** Lets it go on. */
    void resume() {
        Signals.goOn("a program of the trial", process.pid());
    }

    /** Ends it by SIGKILL, wherever it is. */
    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
