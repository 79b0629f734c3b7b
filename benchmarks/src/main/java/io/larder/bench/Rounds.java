package io.larder.bench;

import static java.util.Objects.requireNonNull;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
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

    Results run() throws RunnerException {
        List<Score> scores = new ArrayList<>();
        List<Peer> order = new ArrayList<>(Arrays.asList(Peer.values()));
        for (int round = 1; round <= plan.rounds(); round++) {
            for (Workload workload : Workload.values()) {
                for (int threads : Plan.THREADS) {
                    for (Peer peer : order) {
                        scores.add(measure(round, workload, threads, peer));
                    }
                }
            }
            // By two, so that few rounds still see everybody early and late.
            Collections.rotate(order, 2);
        }
        return new Results(List.copyOf(scores));
    }

    private Score measure(int round, Workload workload, int threads, Peer peer) throws RunnerException {
        Collection<RunResult> runs = new Runner(options(workload, threads, peer)).run();
        RunResult run = runs.iterator().next();
        double speed = run.getPrimaryResult().getScore();
        double bytes = requireNonNull(run.getSecondaryResults().get("gc.alloc.rate.norm"))
                .getScore();
        progress.printf(
                Locale.ROOT,
                "round %d/%d  %-20s %d thread(s)  %-26s %8.2f M/s %6.0f B%n",
                round,
                plan.rounds(),
                workload.label(),
                threads,
                peer.label(),
                speed / 1e6,
                bytes);
        return new Score(round, workload, threads, peer, speed, bytes);
    }

    private Options options(Workload workload, int threads, Peer peer) {
        TimeValue time = new TimeValue(plan.iteration().toMillis(), TimeUnit.MILLISECONDS);
        return new OptionsBuilder()
                .include("^" + MemoryBenchmark.class.getName() + "\\." + workload.method() + "$")
                .param("peer", peer.name())
                .threads(threads)
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
