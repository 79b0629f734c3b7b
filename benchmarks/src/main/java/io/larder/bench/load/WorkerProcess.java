package io.larder.bench.load;

import io.larder.testkit.servers.ServerProcess;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A peer in a JVM of its own, which stays for the whole run: what the compiler learned of one peer's code is not spoiled by another's,
 * and its processor time is its own. Confined to one thread.
 */
public final class WorkerProcess implements Contestant {

    /** The heap of a worker. */
    public static final String HEAP = "512m";

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final String label;
    private final Process process;
    private final BufferedReader answers;
    private final Writer orders;

    private WorkerProcess(String label, Process process) {
        this.label = label;
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.orders = process.outputWriter(StandardCharsets.UTF_8);
    }

    /** Starts {@code main}, which calls {@link Worker#run}, on the class path of this JVM, and waits for it. */
    public static WorkerProcess start(LoadPeer peer, Class<?> main, ServerProcess server) {
        return start(peer, main, List.of(peer.name(), String.valueOf(server.port()), String.valueOf(server.pid())));
    }

    static WorkerProcess start(LoadPeer peer, Class<?> main, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                "-Xms" + HEAP,
                "-Xmx" + HEAP,
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(arguments);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            WorkerProcess worker = new WorkerProcess(peer.label(), process);
            worker.awaitReady(command);
            return worker;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start a JVM for " + peer.label() + ": " + command, e);
        }
    }

    private void awaitReady(List<String> command) throws IOException {
        String answer = answers.readLine();
        if (!Worker.READY.equals(answer)) {
            close();
            throw new IllegalStateException("The JVM of " + label + " said '" + answer + "' instead of '" + Worker.READY
                    + "'. What it printed above says why; it is " + command);
        }
    }

    @Override
    public boolean takes(LoadWorkload workload) {
        return true;
    }

    @Override
    public void fill(int valueBytes) {
        ask(Worker.fill(valueBytes));
    }

    @Override
    public LoadFigures run(LoadCell cell, Duration warmup, Duration measured) {
        return LoadFigures.parse(ask(Worker.run(cell, warmup, measured)));
    }

    private String ask(String order) {
        try {
            orders.write(order + "\n");
            orders.flush();
            String answer = answers.readLine();
            if (answer == null) {
                throw new IllegalStateException(
                        "The JVM of " + label + " ended over '" + order + "'. What it printed above says why");
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException("The JVM of " + label + " does not take '" + order + "'", e);
        }
    }

    /** Waits for its end, for a while. */
    @Override
    public void close() {
        try {
            orders.close();
        } catch (IOException endedAlready) {
            process.destroy();
        }
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
