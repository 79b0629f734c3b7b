package io.larder.disk;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A {@link DiskProcess} that was started, and what it has told. Thread-safe. */
final class Child implements AutoCloseable {

    private static final long ANSWER_SECONDS = 60;

    private final Process process;
    private final Thread listener;
    private final long[] steps;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final Queue<String> complaints = new ConcurrentLinkedQueue<>();

    private Child(Process process, long[] steps) {
        this.process = process;
        this.steps = steps;
        this.listener = new Thread(this::listen, "larder-trial-listener");
        listener.setDaemon(true);
        listener.start();
    }

    static Child start(String url, String name, long seed, long... steps) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                DiskProcess.class.getName(),
                url,
                name,
                Long.toString(seed)));
        for (long done : steps) {
            command.add(Long.toString(done));
        }
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            return new Child(process, steps.clone());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void listen() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                hear(line);
            }
        } catch (IOException e) {
            complaints.add("unreadable: " + e);
        }
    }

    private void hear(String line) {
        if (Character.isDigit(line.charAt(0))) {
            String[] words = line.split(" ", -1);
            synchronized (steps) {
                steps[Integer.parseInt(words[0])] = Long.parseLong(words[1]);
            }
        } else if (line.startsWith("error") || line.startsWith("wrong")) {
            complaints.add(line);
        } else {
            answers.add(line);
        }
    }

    /** Returns how many steps each thread has told to be done. */
    long[] steps() {
        synchronized (steps) {
            return steps.clone();
        }
    }

    List<String> complaints() {
        return List.copyOf(complaints);
    }

    String ask(String line) {
        try {
            process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
            @Nullable String answer = answers.poll(ANSWER_SECONDS, TimeUnit.SECONDS);
            return answer == null ? "no answer to '" + line + "', " + complaints : answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Kills it without a warning, and hears out what it had told. */
    void kill() {
        // Not the process itself, which would close the pipe with what has not been heard yet.
        process.toHandle().destroyForcibly();
        await();
    }

    /** Waits for its end. */
    void await() {
        try {
            process.waitFor();
            listener.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
