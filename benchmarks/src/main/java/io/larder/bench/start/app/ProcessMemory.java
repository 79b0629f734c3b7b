package io.larder.bench.start.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What the system says of the memory of a process; known on Linux only. */
public final class ProcessMemory {

    /** What is resident now. */
    public static final String NOW = "VmRSS:";
    /** The most that was. */
    public static final String MOST = "VmHWM:";

    private static final int KIBI = 1_024;

    private ProcessMemory() {}

    /** Returns bytes, or not a number where nobody knows, as of a process that has ended. */
    public static double bytes(String process, String field) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", process, "status"))) {
            return lines.filter(line -> line.startsWith(field))
                    .mapToDouble(line -> KIBI * Double.parseDouble(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException | UncheckedIOException gone) {
            return Double.NaN;
        }
    }
}
