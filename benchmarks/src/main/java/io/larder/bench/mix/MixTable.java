package io.larder.bench.mix;

import io.larder.bench.load.LoadCell;
import io.larder.bench.report.MarkdownTable;
import io.larder.bench.rounds.Results;
import io.larder.bench.rounds.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Writes results as Markdown tables.
 *
 * @param peers who takes part, in order; one that was not measured has a row that says so
 * @param rival whom the ratios of a peer compare it with
 */
record MixTable<P extends MixPeer>(Results<MixCell, P, MixFigures> results, List<P> peers, Function<P, P> rival) {

    /** Returns how the first compares: a line for each cell, and how many times as fast half of its calls are. */
    String summary(List<MixCell> cells) {
        MarkdownTable table = new MarkdownTable().words("value", "callers");
        for (MixCall call : MixCall.values()) {
            table.numbers(call.label());
        }
        table.numbers("calls a second");
        for (MixCell cell : cells) {
            List<String> row =
                    new ArrayList<>(List.of(LoadCell.sizeText(cell.valueBytes()), String.valueOf(cell.callers())));
            for (MixCall call : MixCall.values()) {
                row.add(ratio(cell, peers.get(0), speed(call)));
            }
            row.add(ratio(cell, peers.get(0), MixFigures::callsPerSecond));
            table.row(row);
        }
        return table.text();
    }

    /** Returns all figures of a size. */
    String of(int valueBytes) {
        MarkdownTable table = new MarkdownTable().words("callers", "peer").numbers("k calls/s");
        for (MixCall call : MixCall.values()) {
            table.numbers(call.label() + " p50, µs", "times as fast", "p99", "max");
        }
        for (int callers : MixCell.CALLERS) {
            MixCell cell = new MixCell(valueBytes, callers);
            for (P peer : peers) {
                if (results.has(cell, peer)) {
                    table.row(row(cell, peer));
                } else if (isMissing(peer)) {
                    table.row(missing(cell, peer));
                }
            }
        }
        return table.text();
    }

    /** Returns a median of microseconds. */
    Spread micros(MixCell cell, P peer, MixCall call) {
        return results.spread(cell, peer, figures -> figures.of(call).p50Micros());
    }

    boolean isMissing(P peer) {
        return results.scores().stream().noneMatch(score -> score.peer().equals(peer));
    }

    private List<String> row(MixCell cell, P peer) {
        List<String> row = new ArrayList<>(List.of(
                String.valueOf(cell.callers()),
                peer.label(),
                results.spread(cell, peer, MixFigures::kilocallsPerSecond).text(1)));
        for (MixCall call : MixCall.values()) {
            row.add(micros(cell, peer, call).text(1));
            row.add(ratio(cell, peer, speed(call)));
            row.add(median(cell, peer, figures -> figures.of(call).p99Micros()));
            row.add(median(cell, peer, figures -> figures.of(call).maxMicros()));
        }
        return row;
    }

    private List<String> missing(MixCell cell, P peer) {
        List<String> row = new ArrayList<>(List.of(String.valueOf(cell.callers()), peer.label(), "missing"));
        while (row.size() < 3 + 4 * MixCall.values().length) {
            row.add(Spread.NOTHING);
        }
        return row;
    }

    private String ratio(MixCell cell, P peer, ToDoubleFunction<MixFigures> figure) {
        P other = rival.apply(peer);
        return results.has(cell, other)
                ? results.ratio(cell, peer, List.of(other), figure).text(2)
                : Spread.NOTHING;
    }

    private String median(MixCell cell, P peer, ToDoubleFunction<MixFigures> figure) {
        return Spread.of(results.spread(cell, peer, figure).median()).text(0);
    }

    private static ToDoubleFunction<MixFigures> speed(MixCall call) {
        return figures -> 1 / figures.of(call).p50Micros();
    }
}
