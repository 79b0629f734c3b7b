package io.larder.bench.memory;

import io.larder.bench.report.Chart;
import io.larder.bench.report.Machine;
import io.larder.bench.report.Report;
import io.larder.bench.report.Versions;
import io.larder.bench.rounds.Effort;
import io.larder.bench.rounds.Results;
import io.larder.bench.rounds.Score;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openjdk.jmh.runner.RunnerException;

/** Measures all peers in memory, and tells what came of it. */
public final class MemorySuite {

    private static final String CSV_HEADER = "round,workload,threads,peer,calls_per_second,bytes_per_call\n";

    private MemorySuite() {}

    /** Measures, after a look whether all peers do what they claim. */
    public static Report run(Effort effort) throws RunnerException {
        Plan plan = Plan.of(effort);
        SelfCheck.all();
        System.err.println("All peers do what they claim; measuring takes about "
                + Math.max(1, Math.round(plan.expected().toSeconds() / 60.0)) + " min");
        return report(new Rounds(plan, System.err).run(), plan);
    }

    static Report report(Results<Cell, Peer, Figures> results, Plan plan) {
        String tables = tables(results);
        return new Report(
                "memory",
                "In memory, measured",
                Machine.here().text(),
                body(plan, tables),
                tables,
                chart(results).svg(),
                results.scores().stream().map(MemorySuite::csv).collect(Collectors.joining("", CSV_HEADER, "")));
    }

    private static String tables(Results<Cell, Peer, Figures> results) {
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

    private static String body(Plan plan, String tables) {
        return String.format(
                Locale.ROOT,
                """
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
                plan.rounds(),
                plan.words(),
                Fork.HEAP,
                Keys.COUNT,
                Zipf.SKEW,
                MemoryBenchmark.CAPACITY,
                tables,
                Table.peers(new Versions()));
    }

    private static Chart<Peer> chart(Results<Cell, Peer, Figures> results) {
        return new Chart<>(
                "Millions of calls a second, in memory",
                "In memory: millions of calls a second, median and spread of the rounds",
                List.of(Peer.values()),
                Peer::label,
                Plan.THREADS,
                List.of(Stream.of(Workload.values())
                        .map(workload -> new Chart.Panel<Peer>(
                                workload.label(),
                                (peer, threads) -> Optional.of(results.spread(
                                        new Cell(workload, threads), peer, Figures::megacallsPerSecond))))
                        .toList()));
    }

    private static String csv(Score<Cell, Peer, Figures> score) {
        return String.format(
                Locale.ROOT,
                "%d,%s,%d,%s,%.0f,%.1f\n",
                score.round(),
                score.cell().workload().method(),
                score.cell().threads(),
                score.peer(),
                score.figures().callsPerSecond(),
                score.figures().bytesPerCall());
    }
}
