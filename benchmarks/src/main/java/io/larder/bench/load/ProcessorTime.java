package io.larder.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The processor time that a process has used, all its threads, in user and in system mode. */
public interface ProcessorTime {

    /** The ticks in which Linux counts, the same on all its processors. */
    Duration TICK = Duration.ofMillis(10);

    /** Where the children's user and system times stand, counted from behind the name, which may contain anything. */
    int CHILDREN_FIELD = 13;

    /** Returns nanoseconds, or not a number where nobody knows. */
    double nanos();

    /** Returns that of the process that has this number. */
    static ProcessorTime of(long pid) {
        return () -> ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .map(used -> (double) used.toNanos())
                .orElse(Double.NaN);
    }

    /** Returns that of the children of this process that have ended; known on Linux only. */
    static ProcessorTime ofEndedChildren() {
        return () -> {
            try {
                String line = Files.readString(Path.of("/proc/self/stat"));
                String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
                long ticks = Long.parseLong(fields[CHILDREN_FIELD]) + Long.parseLong(fields[CHILDREN_FIELD + 1]);
                return (double) ticks * TICK.toNanos();
            } catch (IOException notLinux) {
                return Double.NaN;
            }
        };
    }
}
