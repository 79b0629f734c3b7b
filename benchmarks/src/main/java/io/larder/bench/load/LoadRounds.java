package io.larder.bench.load;

import io.larder.bench.rounds.Results;
import io.larder.bench.rounds.Score;
import io.larder.bench.rounds.Turns;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures all contestants in turns.
 *
 * <p>A machine drifts: what ran in its quiet minute would win. So whoever does the same thing does it within seconds of the others,
 * the order rotates from round to round, and a peer is compared with the others of its round only.
 */
public final class LoadRounds<P extends LoadPeer> {

    /** On so many threads each workload runs before the first round. */
    private static final int START_THREADS = 16;

    private final LoadPlan plan;
    private final Map<P, Contestant> contestants;
    private final Runnable emptyServer;
    private final PrintStream progress;

    /** Takes the contestants in the order of the tables, and what removes everything from their server. */
    public LoadRounds(LoadPlan plan, Map<P, Contestant> contestants, Runnable emptyServer, PrintStream progress) {
        this.plan = plan;
        this.contestants = contestants;
        this.emptyServer = emptyServer;
        this.progress = progress;
    }

    /** Measures, and says on the way how it goes. */
    public Results<LoadCell, P, LoadFigures> run() {
        List<P> peers = List.copyOf(contestants.keySet());
        List<Score<LoadCell, P, LoadFigures>> scores = new ArrayList<>();
        start();
        for (int round = 1; round <= plan.rounds(); round++) {
            List<P> order = Turns.of(peers, round);
            for (int valueBytes : plan.matrix().valueBytes()) {
                fill(order, valueBytes);
                for (LoadWorkload workload : plan.matrix().workloads()) {
                    for (int threads : plan.matrix().threads()) {
                        scores.addAll(measure(round, order, new LoadCell(workload, threads, valueBytes)));
                    }
                }
            }
        }
        return new Results<>(scores);
    }

    /** Gives every JVM's compiler time to see all workloads, which no measurement should pay for. */
    private void start() {
        int valueBytes = plan.matrix().valueBytes().get(0);
        fill(contestants.keySet(), valueBytes);
        contestants.forEach((peer, contestant) -> {
            for (LoadWorkload workload : plan.matrix().workloads()) {
                if (contestant.takes(workload)) {
                    contestant.run(new LoadCell(workload, START_THREADS, valueBytes), plan.start(), plan.warmup());
                }
            }
            progress.printf("warmed up  %s%n", peer.label());
        });
    }

    private void fill(Iterable<P> peers, int valueBytes) {
        emptyServer.run();
        peers.forEach(peer -> of(peer).fill(valueBytes));
    }

    private List<Score<LoadCell, P, LoadFigures>> measure(int round, List<P> order, LoadCell cell) {
        List<Score<LoadCell, P, LoadFigures>> scores = new ArrayList<>();
        for (P peer : order) {
            Contestant contestant = of(peer);
            if (contestant.takes(cell.workload())) {
                LoadFigures figures = contestant.run(cell, plan.warmup(), plan.measured());
                progress.printf(
                        Locale.ROOT,
                        "round %d/%d  %s  %-26s %7.1f k/s  p50 %6.0f us  p99 %6.0f us%n",
                        round,
                        plan.rounds(),
                        cell.text(),
                        peer.label(),
                        figures.kilocallsPerSecond(),
                        figures.p50Micros(),
                        figures.p99Micros());
                scores.add(new Score<>(round, cell, peer, figures));
            }
        }
        return scores;
    }

    private Contestant of(P peer) {
        Contestant contestant = contestants.get(peer);
        if (contestant == null) {
            throw new IllegalArgumentException(peer.label() + " takes no part");
        }
        return contestant;
    }
}
