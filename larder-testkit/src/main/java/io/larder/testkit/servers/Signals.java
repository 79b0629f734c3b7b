package io.larder.testkit.servers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Stops processes of this test, and lets them go on. Thread-safe. */
public final class Signals {

    private static final Duration STOPPED_MAX = Duration.ofSeconds(20);

    private Signals() {}

    /**
     * Stops every thread of a process, with SIGSTOP, and returns when it stands still; its connections stay open.
     *
     * @param name of the process, for messages
     * @throws ServerException if it cannot be stopped
     */
    public static void stop(String name, long pid) {
        send(name, pid, "STOP");
        // A thread that runs on another processor goes on for a moment, and may answer. Where there is no /proc, nobody
        // knows.
        Path threads = Path.of("/proc", String.valueOf(pid), "task");
        if (Files.isDirectory(threads)) {
            Await.until(name + " is stopped", STOPPED_MAX, () -> areStopped(threads));
        }
    }

    /**
     * Lets a stopped process go on, with SIGCONT.
     *
     * @param name of the process, for messages
     * @throws ServerException if it cannot be told
     */
    public static void goOn(String name, long pid) {
        send(name, pid, "CONT");
    }

    private static void send(String name, long pid, String signal) {
        String failure = "Cannot send SIG" + signal + " to " + name + ", process " + pid;
        try {
            // The shell's own kill; not every machine has it as a program.
            Process sent = new ProcessBuilder("/bin/sh", "-c", "kill -" + signal + " " + pid).start();
            if (!sent.waitFor(STOPPED_MAX.toSeconds(), TimeUnit.SECONDS) || sent.exitValue() != 0) {
                throw new ServerException(failure);
            }
        } catch (IOException e) {
            throw new ServerException(failure, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerException("Interrupted. " + failure, e);
        }
    }

    private static boolean areStopped(Path threads) throws IOException {
        try (Stream<Path> all = Files.list(threads)) {
            for (Path thread : all.toList()) {
                String line = Files.readString(thread.resolve("stat"), StandardCharsets.ISO_8859_1);
                if (line.charAt(line.lastIndexOf(')') + 2) != 'T') {
                    return false;
                }
            }
            return true;
        }
    }
}
