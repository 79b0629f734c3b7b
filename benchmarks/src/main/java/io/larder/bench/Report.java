package io.larder.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Collectors;

/** Writes what a run gave: a page, its picture, and the raw numbers. */
final class Report {

    private final Results results;
    private final Plan plan;

    Report(Results results, Plan plan) {
        this.results = results;
        this.plan = plan;
    }

    void write(Path folder, String command, LocalDate day) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("memory.md"), page(command, day, Machine.here(), versions()));
        Files.writeString(folder.resolve("memory.svg"), Chart.of(results));
        Files.writeString(
                folder.resolve("memory.csv"),
                results.scores().stream().map(Score::csv).collect(Collectors.joining("", Score.CSV_HEADER, "")));
    }

    /** Returns the tables of all workloads. */
    String tables() {
        StringBuilder text = new StringBuilder();
        for (Workload workload : Workload.values()) {
            text.append("## ")
                    .append(workload.label())
                    .append("\n\n")
                    .append(Table.of(results, workload))
                    .append('\n');
        }
        return text.toString();
    }

    private String page(String command, LocalDate day, Machine machine, Properties versions) {
        return String.format(
                Locale.ROOT,
                """
                # In memory, measured

                *Written by `%s` on %s; run it to renew this page.*

                %s

                ![Millions of calls a second of each cache](memory.svg)

                Each number is the median of %d rounds, with the lowest and the highest in brackets. *Of Caffeine* is the ratio
                to Caffeine with variable expiry in the same round, which is what a ttl per entry takes there. In each round the
                caches take turns, each in a JVM of its own (%s, %s of heap), and the order
                rotates. Calls of all threads are added up. [memory.csv](memory.csv) has every measurement.

                %,d keys are asked for as Zipf's law says (%s), all of them there: the bound is %,d entries, so
                nothing is evicted, and a ttl of an hour ends after the run.

                %s## What each has on

                All keep values by reference and are bounded by a number of entries.

                %s""",
                command,
                day,
                machine.text(),
                plan.rounds(),
                plan.words(),
                Rounds.HEAP,
                Keys.COUNT,
                Keys.SKEW,
                MemoryBenchmark.CAPACITY,
                tables(),
                Table.peers(versions));
    }

    private static Properties versions() throws IOException {
        Properties versions = new Properties();
        try (InputStream file = Report.class.getResourceAsStream("versions.properties")) {
            versions.load(file);
        }
        return versions;
    }
}
