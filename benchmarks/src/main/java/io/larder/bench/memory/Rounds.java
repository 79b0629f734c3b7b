package io.larder.bench.memory;

import io.larder.bench.rounds.Results;
import io.larder.bench.rounds.Score;
import io.larder.bench.rounds.Turns;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Measures all peers in turns.
 *
 * <p>A machine drifts: what ran in its quiet minute would win. So in each round the peers follow one another within seconds, each in
 * a JVM of its own, and the order rotates. A peer is compared with the others of its round only.
 */
final class Rounds {

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
        Figures figures = Fork.measure(
                MemoryBenchmark.class, cell.workload().method(), Map.of("peer", peer.name()), cell.threads(), plan);
        progress.printf(
                Locale.ROOT,
                "round %d/%d  %-20s %d thread(s)  %-26s %8.2f M/s %6.0f B%n",
                round,
                plan.rounds(),
                cell.workload().label(),
                cell.threads(),
                peer.label(),
                figures.megacallsPerSecond(),
                figures.bytesPerCall());
        return figures;
    }
}
