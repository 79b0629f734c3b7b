package io.larder.bench.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Does what a {@link WorkerProcess} asks for, in the JVM of one peer.
 *
 * <p>Says {@value #READY} first. Then a line of words comes in, a line goes back: {@code fill 64} is answered by an empty line,
 * {@code run GET 16 64 400 1100} by figures. Ends with its input.
 */
public final class Worker {

    static final String READY = "ready";

    private Worker() {}

    /** Serves until {@code orders} ends; {@code serverPid} is the process whose time the calls take on the other side. */
    public static void serve(RemoteCache cache, long serverPid, InputStream orders, PrintStream answers)
            throws IOException {
        Load load = new Load(cache, ProcessorTime.of(ProcessHandle.current().pid()), ProcessorTime.of(serverPid));
        answers.println(READY);
        answers.flush();
        BufferedReader lines = new BufferedReader(new InputStreamReader(orders, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] words = line.split(" ", -1);
            if (words[0].equals("fill")) {
                load.fill(Integer.parseInt(words[1]));
                answers.println();
            } else {
                LoadCell cell = new LoadCell(
                        LoadWorkload.valueOf(words[1]), Integer.parseInt(words[2]), Integer.parseInt(words[3]));
                answers.println(
                        load.run(cell, millis(words[4]), millis(words[5])).csv());
            }
            answers.flush();
        }
    }

    static String fill(int valueBytes) {
        return "fill " + valueBytes;
    }

    static String run(LoadCell cell, Duration warmup, Duration measured) {
        return "run %s %d %d %d %d"
                .formatted(cell.workload(), cell.threads(), cell.valueBytes(), warmup.toMillis(), measured.toMillis());
    }

    private static Duration millis(String word) {
        return Duration.ofMillis(Long.parseLong(word));
    }
}
