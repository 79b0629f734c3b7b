package io.larder.bench.load;

import io.larder.bench.rounds.Results;
import io.larder.bench.rounds.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;

/** Results that nobody measured. */
public final class InventedResults {

    private InventedResults() {}

    /** Returns one round per speed, of all peers that take a workload; the first peer is twice as fast as everybody else. */
    public static <P extends LoadPeer> Results<LoadCell, P, LoadFigures> of(
            List<P> peers, BiPredicate<P, LoadWorkload> takes, double... speeds) {
        return of(LoadMatrix.STANDARD, peers, takes, speeds);
    }

    /** Returns those of other cells. */
    public static <P extends LoadPeer> Results<LoadCell, P, LoadFigures> of(
            LoadMatrix matrix, List<P> peers, BiPredicate<P, LoadWorkload> takes, double... speeds) {
        List<Score<LoadCell, P, LoadFigures>> scores = new ArrayList<>();
        for (int round = 0; round < speeds.length; round++) {
            for (P peer : peers) {
                double speed = speeds[round] * (peer.ordinal() == 0 ? 2 : 1);
                double clientMicros = peer.facts().library().isEmpty() ? Double.NaN : 7.5;
                LoadFigures figures = new LoadFigures(speed, 100, 900, clientMicros, 3.25);
                for (LoadCell cell : cells(matrix)) {
                    if (takes.test(peer, cell.workload())) {
                        scores.add(new Score<>(round, cell, peer, figures));
                    }
                }
            }
        }
        return new Results<>(scores);
    }

    private static List<LoadCell> cells(LoadMatrix matrix) {
        List<LoadCell> cells = new ArrayList<>();
        for (LoadWorkload workload : matrix.workloads()) {
            for (int threads : matrix.threads()) {
                for (int valueBytes : matrix.valueBytes()) {
                    cells.add(new LoadCell(workload, threads, valueBytes));
                }
            }
        }
        return cells;
    }
}
