package io.larder.testkit.servers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A server of this test alone: a process on 127.0.0.1 with a free port and a temporary folder.
 *
 * <p>It ends with the JVM at the latest, unless the JVM itself is killed. Reading from it is thread-safe; starting and
 * ending it is for one thread at a time.
 */
public abstract class ServerProcess implements AutoCloseable {

    /** The only address that servers listen on. */
    static final String HOST = "127.0.0.1";

    private static final int START_ATTEMPTS_MAX = 10;
    private static final Duration READY_MAX = Duration.ofSeconds(20);
    private static final int END_SECONDS_MAX = 20;
    private static final int LOG_LINES_SHOWN = 25;
    private static final String LOG = "log";
    /** Without "already" where the C library is musl. */
    private static final Pattern PORT_TAKEN = Pattern.compile("Address (already )?in use");

    private final String name;
    private final int portDistance;
    private final TempFolder folder;
    private final Thread atExit = new Thread(this::end, "larder-server-end-1");
    private volatile int port;
    private volatile @Nullable Process process;
    private volatile @Nullable String lastLog;

    /**
     * Makes one that is not started.
     *
     * @param name of the program, for messages
     * @param portDistance from the port to a second one that has to be free as well, or 0
     */
    ServerProcess(String name, int portDistance) {
        this.name = name;
        this.portDistance = portDistance;
        this.folder = TempFolder.create("larder-" + name + "-");
    }

    /** Writes what the server reads when it starts on {@code port} for the first time. */
    abstract void configure(TempFolder target, int port);

    /** Returns the program and its arguments. */
    abstract List<String> commandLine(TempFolder configured, int port);

    /** Returns whether it answers; an exception means no. */
    abstract boolean isReady() throws IOException;

    /** Returns the host, always 127.0.0.1. */
    public final String host() {
        return HOST;
    }

    /** Returns the port that it listens on; it stays the same when the server is restarted. */
    public final int port() {
        return port;
    }

    /** Returns {@code 127.0.0.1:port}, or the path of its unix socket if it listens on nothing else. */
    public String address() {
        return HOST + ":" + port;
    }

    /** Returns the folder of its files, removed when it is closed. */
    public final Path folder() {
        return folder.path();
    }

    /** Returns whether the process runs, be it paused. */
    public final boolean isRunning() {
        Process started = process;
        return started != null && started.isAlive();
    }

    /** Returns the process id of the server, as long as it runs. */
    public final long pid() {
        return running("tell its process id").pid();
    }

    /** Returns all that it wrote to its log since it was first started. */
    public final String log() {
        String kept = lastLog;
        if (kept != null) {
            return kept;
        }
        Path file = folder.file(LOG);
        try {
            return Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
        } catch (IOException e) {
            return "(log '" + file + "' cannot be read: " + e + ")";
        }
    }

    /** Ends it with SIGTERM, which closes its connections in order; {@link #restart} starts it again. */
    public final void stop() {
        Process started = process;
        if (started != null) {
            started.destroy();
            awaitEnd(started);
        }
    }

    /** Ends it with SIGKILL, as a crash does; {@link #restart} starts it again. */
    public final void kill() {
        Process started = process;
        if (started != null) {
            // Redis forks to send a snapshot; a child may outlive its parent.
            started.descendants().forEach(ProcessHandle::destroyForcibly);
            started.destroyForcibly();
            awaitEnd(started);
        }
    }

    /** Stops it from answering, with SIGSTOP; connections stay open until {@link #resume}. */
    public final void pause() {
        Signals.stop(toString(), running("pause it").pid());
    }

    /** Lets a paused one go on, with SIGCONT. */
    public final void resume() {
        Signals.goOn(toString(), running("let it go on").pid());
    }

    /** Starts it again on the same port, after it was killed if it still runs. */
    public final void restart() {
        kill();
        begin();
    }

    /** Kills it and removes its folder. */
    @Override
    public final void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The JVM is ending already, and runs the hook.
        }
    }

    /** Returns the name of the program and its address, for messages. */
    @Override
    public final String toString() {
        return name + " on " + address();
    }

    /** Starts it on a free port; closes it when that fails. */
    final void launch() {
        Runtime.getRuntime().addShutdownHook(atExit);
        try {
            for (int attempt = 1; !hasBegun(attempt); attempt++) {
                kill();
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Adds what the server said last to a failure. */
    final String withLog(String message) {
        List<String> lines = log().lines().toList();
        int from = Math.max(0, lines.size() - LOG_LINES_SHOWN);
        return message + "\n--- end of the log of " + this + ":\n"
                + String.join("\n", lines.subList(from, lines.size()));
    }

    private boolean hasBegun(int attempt) {
        port = Ports.freeWith(portDistance);
        configure(folder, port);
        try {
            begin();
            return true;
        } catch (ServerException e) {
            if (attempt >= START_ATTEMPTS_MAX || !PORT_TAKEN.matcher(log()).find()) {
                throw e;
            }
            return false;
        }
    }

    private void begin() {
        try {
            Process started = new ProcessBuilder(commandLine(folder, port))
                    .directory(folder.path().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(
                            ProcessBuilder.Redirect.appendTo(folder.file(LOG).toFile()))
                    .start();
            process = started;
            started.getOutputStream().close();
            awaitReady(started);
        } catch (IOException e) {
            throw new ServerException("Cannot start " + this + ": " + e.getMessage(), e);
        }
    }

    private void awaitReady(Process started) {
        try {
            Await.until(this + " answers", READY_MAX, () -> !started.isAlive() || isReady());
        } catch (AssertionError e) {
            throw new ServerException(withLog(String.valueOf(e.getMessage())), e);
        }
        if (!started.isAlive()) {
            throw new ServerException(
                    withLog("Cannot start " + this + ": it ended with status " + started.exitValue()));
        }
    }

    private void awaitEnd(Process started) {
        try {
            if (!started.waitFor(END_SECONDS_MAX, TimeUnit.SECONDS)) {
                throw new ServerException(
                        withLog("Cannot end " + this + ": it still runs " + END_SECONDS_MAX + " s after the signal"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerException("Interrupted while ending " + this, e);
        }
    }

    private Process running(String purpose) {
        Process started = process;
        if (started == null || !started.isAlive()) {
            throw new ServerException("Cannot " + purpose + ": " + this + " does not run. Start it with restart()");
        }
        return started;
    }

    private void end() {
        kill();
        if (Files.exists(folder.path())) {
            lastLog = log();
            folder.delete();
        }
    }
}
