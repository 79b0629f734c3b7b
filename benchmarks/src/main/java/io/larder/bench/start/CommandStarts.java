package io.larder.bench.start;

import io.larder.bench.mix.ScratchFolder;
import io.larder.bench.rounds.Results;
import io.larder.bench.rounds.Score;
import io.larder.bench.rounds.Turns;
import io.larder.bench.start.app.ProcessMemory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Starts the command line again and again. */
final class CommandStarts {

    static final String CELL = "command";

    private static final double NANOS_PER_MILLI = 1e6;

    private final String java =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private final Path program;

    /** Takes the path of {@code bin/larder}. */
    CommandStarts(Path program) {
        this.program = program.toAbsolutePath();
    }

    Results<String, Command, Start> run(int rounds) throws IOException {
        return ScratchFolder.with(folder -> {
            try {
                return new Results<>(in(folder, rounds));
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot run " + program, e);
            }
        });
    }

    private List<Score<String, Command, Start>> in(Path folder, int rounds) throws IOException {
        // The first builds what is missing.
        run(process(folder, List.of(program.toString(), "set", "k", "v")));
        List<Score<String, Command, Start>> scores = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            for (Command command : Turns.of(List.of(Command.values()), round)) {
                scores.add(new Score<>(round, CELL, command, start(folder, command)));
            }
            System.err.printf(Locale.ROOT, "command line, round %d/%d%n", round, rounds);
        }
        return scores;
    }

    /** Looking at a process takes time from it, so its memory is that of another start. */
    private Start start(Path folder, Command command) throws IOException {
        ProcessBuilder process = process(folder, words(command));
        long start = System.nanoTime();
        run(process);
        double millis = (System.nanoTime() - start) / NANOS_PER_MILLI;
        return new Start(millis, Double.NaN, peakBytes(process));
    }

    private List<String> words(Command command) {
        if (command == Command.JVM) {
            return List.of(java, "--version");
        }
        List<String> words = new ArrayList<>(List.of(program.toString()));
        words.addAll(command.words());
        return words;
    }

    private static ProcessBuilder process(Path folder, List<String> words) {
        ProcessBuilder process = new ProcessBuilder(words)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        // Where a user's own cache would be.
        process.environment().put("XDG_CACHE_HOME", folder.toString());
        process.environment().put("JAVA_HOME", System.getProperty("java.home"));
        process.environment().remove("LARDER_URL");
        return process;
    }

    private static void run(ProcessBuilder process) throws IOException {
        int exit = Commands.run(process);
        if (exit != 0) {
            throw new IOException(process.command() + " ended with " + exit + ". What it printed above says why");
        }
    }

    private static double peakBytes(ProcessBuilder builder) throws IOException {
        Process process = builder.start();
        String pid = String.valueOf(process.pid());
        double peak = Double.NaN;
        while (process.isAlive()) {
            double now = ProcessMemory.bytes(pid, ProcessMemory.MOST);
            peak = Double.isNaN(now) || now < peak ? peak : now;
            Thread.onSpinWait();
        }
        return peak;
    }
}
