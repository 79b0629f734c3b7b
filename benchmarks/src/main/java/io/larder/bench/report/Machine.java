package io.larder.bench.report;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What the numbers were measured on; nothing that tells whose it is. */
public record Machine(String processor, int cores, long memoryBytes, String system, String jvm) {

    /** Returns the machine that this runs on. */
    public static Machine here() {
        return new Machine(
                processorName(),
                Runtime.getRuntime().availableProcessors(),
                memoryOfMachine(),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
    }

    /** Returns this with another JVM. */
    public Machine withJvm(String other) {
        return new Machine(processor, cores, memoryBytes, system, other);
    }

    /** Returns one line. */
    public String text() {
        long gibibytes = Math.round(memoryBytes / (double) (1L << 30));
        return "%s, %d cores, %d GiB of memory, %s, %s".formatted(processor, cores, gibibytes, system, jvm);
    }

    private static String processorName() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown processor");
        } catch (IOException notLinux) {
            return "unknown processor";
        }
    }

    private static long memoryOfMachine() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : 0;
    }
}
