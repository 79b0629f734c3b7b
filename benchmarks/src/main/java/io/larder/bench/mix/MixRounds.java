package io.larder.bench.mix;

import io.larder.bench.rounds.Results;
import io.larder.bench.rounds.Score;
import io.larder.bench.rounds.Turns;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures all peers in turns.
 *
 * <p>A machine drifts: what ran in its quiet minute would win. So whoever does the same thing does it right after the others, the
 * order rotates from round to round, and a peer is compared with the others of its round only. Everybody begins each time with an
 * empty folder.
 */
public final class MixRounds<P extends MixPeer> implements AutoCloseable {

    private final MixPlan plan;
    private final Map<P, MixContestant> contestants = new LinkedHashMap<>();

    /** Takes the peers in the order of the tables. */
    public MixRounds(MixPlan plan, List<P> peers) {
        this.plan = plan;
        peers.forEach(peer -> contestants.put(peer, new MixContestant(peer)));
    }

    /** Measures, and says on the way how it goes. */
    public Results<MixCell, P, MixFigures> run(PrintStream progress) {
        List<P> peers = List.copyOf(contestants.keySet());
        List<MixCell> cells = MixCell.of(plan.valueBytes());
        List<Score<MixCell, P, MixFigures>> scores = new ArrayList<>();
        for (MixCell cell : cells) {
            peers.stream()
                    .filter(peer -> peer.takes(cell))
                    .forEach(peer -> measure(peer, cell, plan.operationsStart()));
        }
        for (int round = 1; round <= plan.rounds(); round++) {
            List<P> order = Turns.of(peers, round);
            for (MixCell cell : cells) {
                for (P peer : order) {
                    if (peer.takes(cell)) {
                        MixFigures figures = measure(peer, cell, plan.operations());
                        tell(progress, round, cell, peer, figures);
                        scores.add(new Score<>(round, cell, peer, figures));
                    }
                }
            }
        }
        return new Results<>(scores);
    }

    private MixFigures measure(P peer, MixCell cell, int operations) {
        MixContestant contestant = contestants.get(peer);
        if (contestant == null) {
            throw new IllegalArgumentException(peer.label() + " takes no part");
        }
        try {
            return ScratchFolder.with((Path folder) -> contestant.run(cell, operations, folder));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make or clear a folder for " + peer.label(), e);
        }
    }

    private void tell(PrintStream progress, int round, MixCell cell, P peer, MixFigures figures) {
        progress.printf(
                Locale.ROOT,
                "round %d/%d  %s  %-28s %7.1f k/s  get %6.1f us  set %7.1f us  delete %7.1f us%n",
                round,
                plan.rounds(),
                cell.text(),
                peer.label(),
                figures.kilocallsPerSecond(),
                figures.get().p50Micros(),
                figures.set().p50Micros(),
                figures.delete().p50Micros());
    }

    @Override
    public void close() {
        contestants.values().forEach(MixContestant::close);
    }
}
