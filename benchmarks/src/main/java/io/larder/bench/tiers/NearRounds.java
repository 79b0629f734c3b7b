package io.larder.bench.tiers;

import io.larder.bench.memory.Figures;
import io.larder.bench.memory.Fork;
import io.larder.bench.memory.Plan;
import io.larder.bench.rounds.Results;
import io.larder.bench.rounds.Score;
import io.larder.bench.rounds.Turns;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.runner.RunnerException;

/** Measures what a hit costs, of all peers in turns, each in a JVM of its own. */
record NearRounds(Plan plan, int port, PrintStream progress) {

    Results<Integer, TierPeer, Figures> run() throws RunnerException {
        List<Score<Integer, TierPeer, Figures>> scores = new ArrayList<>();
        for (int round = 1; round <= plan.rounds(); round++) {
            for (int threads : TiersPlan.THREADS) {
                for (TierPeer peer : Turns.of(List.of(TierPeer.values()), round)) {
                    Figures figures = Fork.measure(
                            NearBenchmark.class,
                            "getHit",
                            Map.of("peer", peer.name(), "port", String.valueOf(port)),
                            threads,
                            plan);
                    progress.printf(
                            Locale.ROOT,
                            "round %d/%d  a hit               %d thread(s)  %-26s %8.2f M/s %6.0f B%n",
                            round,
                            plan.rounds(),
                            threads,
                            peer.label(),
                            figures.megacallsPerSecond(),
                            figures.bytesPerCall());
                    scores.add(new Score<>(round, threads, peer, figures));
                }
            }
        }
        return new Results<>(scores);
    }
}
