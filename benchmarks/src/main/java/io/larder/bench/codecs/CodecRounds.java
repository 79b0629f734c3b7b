package io.larder.bench.codecs;

import io.larder.bench.load.LoadCell;
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

/** Measures all peers in turns, each in a JVM of its own; the order rotates from round to round. */
record CodecRounds(Plan plan, PrintStream progress) {

    static final List<Integer> VALUE_BYTES = List.of(200, 2 * 1_024, 50 * 1_024);

    Results<CodecCell, CodecPeer, Figures> run() throws RunnerException {
        List<Score<CodecCell, CodecPeer, Figures>> scores = new ArrayList<>();
        for (int round = 1; round <= plan.rounds(); round++) {
            for (int bytes : VALUE_BYTES) {
                for (CodecCall call : CodecCall.values()) {
                    for (CodecPeer peer : Turns.of(List.of(CodecPeer.values()), round)) {
                        CodecCell cell = new CodecCell(call, bytes);
                        scores.add(new Score<>(round, cell, peer, measure(round, cell, peer)));
                    }
                }
            }
        }
        return new Results<>(scores);
    }

    private Figures measure(int round, CodecCell cell, CodecPeer peer) throws RunnerException {
        Figures figures = Fork.measure(
                CodecBenchmark.class,
                cell.call().method(),
                Map.of("peer", peer.name(), "valueBytes", String.valueOf(cell.valueBytes())),
                1,
                plan);
        progress.printf(
                Locale.ROOT,
                "round %d/%d  %s %6s  %-22s %10.0f ns %8.0f B%n",
                round,
                plan.rounds(),
                cell.call().method(),
                LoadCell.sizeText(cell.valueBytes()),
                peer.label(),
                figures.nanosPerCall(),
                figures.bytesPerCall());
        return figures;
    }
}
