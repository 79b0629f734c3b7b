package io.larder.bench.memory;

import static java.util.Objects.requireNonNull;

import io.larder.bench.rounds.Results;
import io.larder.bench.rounds.Score;
import io.larder.bench.rounds.Turns;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Measures all peers in turns.
 *
 * <p>A machine drifts: what ran in its quiet minute would win. So in each round the peers follow one another within seconds, each in
 * a JVM of its own, and the order rotates. A peer is compared with the others of its round only.
 */
final class Rounds {

    static final String HEAP = "2g";

    private final Plan plan;
    private final PrintStream progress;

    Rounds(Plan plan, PrintStream progress) {
        this.plan = plan;
        this.progress = progress;
    }

    Results<Cell, Peer, Figures> run() throws RunnerException {
        List<Score<Cell, Peer, Figures>> scores = new ArrayList<>();
        for (int round = 1; round <= plan.rounds(); round++) {
            List<Peer> order = Turns.of(List.of(Peer.values()), round);
            for (Workload workload : Workload.values()) {
                for (int threads : Plan.THREADS) {
                    for (Peer peer : order) {
                        Cell cell = new Cell(workload, threads);
                        scores.add(new Score<>(round, cell, peer, measure(round, cell, peer)));
                    }
                }
            }
        }
        return new Results<>(scores);
    }

    private Figures measure(int round, Cell cell, Peer peer) throws RunnerException {
        Collection<RunResult> runs = new Runner(options(cell, peer)).run();
        RunResult run = runs.iterator().next();
        double speed = run.getPrimaryResult().getScore();
        double bytes = requireNonNull(run.getSecondaryResults().get("gc.alloc.rate.norm"))
                .getScore();
        progress.printf(
                Locale.ROOT,
                "round %d/%d  %-20s %d thread(s)  %-26s %8.2f M/s %6.0f B%n",
                round,
                plan.rounds(),
                cell.workload().label(),
                cell.threads(),
                peer.label(),
                speed / 1e6,
                bytes);
        return new Figures(speed, bytes);
    }

    private Options options(Cell cell, Peer peer) {
        TimeValue time = new TimeValue(plan.iteration().toMillis(), TimeUnit.MILLISECONDS);
        return new OptionsBuilder()
                .include("^" + MemoryBenchmark.class.getName() + "\\."
                        + cell.workload().method() + "$")
                .param("peer", peer.name())
                .threads(cell.threads())
                .forks(1)
                .jvmArgs("-Xms" + HEAP, "-Xmx" + HEAP)
                .warmupIterations(plan.warmups())
                .warmupTime(time)
                .measurementIterations(plan.measurements())
                .measurementTime(time)
                .addProfiler(GCProfiler.class)
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true)
                .build();
    }
}
