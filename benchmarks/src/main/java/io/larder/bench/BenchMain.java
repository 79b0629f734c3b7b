package io.larder.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Measures Larder beside its peers.
 *
 * <p>{@code memory} prints its tables and writes them to {@code docs/performance}; with {@code --quick} it only prints them, because
 * numbers made in a hurry are not for quoting. Single measurements, with all of JMH's options: {@code java -jar benchmarks.jar -h}.
 */
public final class BenchMain {

    private static final String USAGE = "Usage: bin/bench memory [--quick]";
    private static final Path DOCS = Path.of("docs");

    private BenchMain() {}

    /** Runs what the arguments name; exits with 2 when they name nothing. */
    public static void main(String[] args) throws IOException, RunnerException {
        List<String> words = List.of(args);
        if (words.equals(List.of("memory"))) {
            checkFolder();
            memory(Plan.FULL).write(DOCS.resolve("performance"), "bin/bench memory", LocalDate.now(ZoneOffset.UTC));
        } else if (words.equals(List.of("memory", "--quick"))) {
            memory(Plan.QUICK);
        } else {
            System.err.println("Cannot run '" + String.join(" ", words) + "'. " + USAGE);
            System.exit(2);
        }
    }

    private static Report memory(Plan plan) throws RunnerException {
        SelfCheck.all();
        System.err.println("All peers do what they claim; measuring takes about "
                + Math.max(1, Math.round(plan.expected().toSeconds() / 60.0)) + " min");
        Report report = new Report(new Rounds(plan, System.err).run(), plan);
        System.out.print(report.tables());
        return report;
    }

    /** Before the run, not after it. */
    private static void checkFolder() {
        if (!Files.isDirectory(DOCS)) {
            System.err.println(
                    "Cannot write to '" + DOCS + "': no such folder here. Start bin/bench in the project's folder");
            System.exit(2);
        }
    }
}
