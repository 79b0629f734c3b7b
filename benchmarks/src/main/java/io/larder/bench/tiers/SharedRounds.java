package io.larder.bench.tiers;

import static java.util.Objects.requireNonNull;

import io.larder.bench.rounds.Results;
import io.larder.bench.rounds.Score;
import io.larder.bench.rounds.Turns;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Measures two processes on one cache, of all peers in turns; the processes stay for the whole run. */
record SharedRounds(TiersPlan plan, int port, PrintStream progress) {

    private static final int START_THREADS = 8;

    /** Keeps the boards in a folder, which is the caller's to remove. */
    Results<Integer, TierPeer, SharedFigures> run(Path folder) {
        Map<TierPeer, TierPair> pairs = new EnumMap<>(TierPeer.class);
        try {
            for (TierPeer peer : TierPeer.SHARED) {
                TierPair pair = TierPair.start(peer, port, folder, NearBenchmark.KEYS);
                pairs.put(peer, pair);
                pair.run(START_THREADS, plan.start());
                progress.printf("warmed up  %s%n", peer.label());
            }
            return measure(pairs);
        } finally {
            pairs.values().forEach(TierPair::close);
        }
    }

    private Results<Integer, TierPeer, SharedFigures> measure(Map<TierPeer, TierPair> pairs) {
        List<Score<Integer, TierPeer, SharedFigures>> scores = new ArrayList<>();
        for (int round = 1; round <= plan.rounds(); round++) {
            for (int threads : TiersPlan.THREADS) {
                for (TierPeer peer : Turns.of(List.copyOf(pairs.keySet()), round)) {
                    SharedFigures figures = requireNonNull(pairs.get(peer)).measure(threads, plan);
                    progress.printf(
                            Locale.ROOT,
                            "round %d/%d  two processes, each %d thread(s)  %-26s %8.1f k/s  p99 %6.1f us  "
                                    + "stale %7.0f, late %5.0f, left %4.0f%n",
                            round,
                            plan.rounds(),
                            threads,
                            peer.label(),
                            figures.kilocallsPerSecond(),
                            figures.p99Micros(),
                            figures.stale(),
                            figures.late(),
                            figures.left());
                    scores.add(new Score<>(round, threads, peer, figures));
                }
            }
        }
        return new Results<>(scores);
    }
}
