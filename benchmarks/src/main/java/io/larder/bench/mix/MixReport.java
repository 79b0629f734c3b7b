package io.larder.bench.mix;

import io.larder.bench.load.LoadCell;
import io.larder.bench.report.Chart;
import io.larder.bench.report.Machine;
import io.larder.bench.report.Report;
import io.larder.bench.rounds.Results;
import io.larder.bench.rounds.Score;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells what came of a run.
 *
 * @param suite names the files
 * @param title of the page
 * @param peers who takes part, in order, and those who are missing
 * @param rivalName with whom they are compared, in words
 * @param rival with whom
 * @param first a section in place of the summary, which tells how the first peer compares; empty for the summary
 * @param notes what each peer is and does
 */
public record MixReport<P extends MixPeer>(
        String suite, String title, List<P> peers, String rivalName, Function<P, P> rival, String first, String notes) {

    private static final String CSV_HEADER = "round,value_bytes,callers,peer," + MixFigures.CSV_COLUMNS + "\n";

    /** Returns the page, the picture and the raw numbers. */
    public Report of(Results<MixCell, P, MixFigures> results, MixPlan plan) throws IOException {
        MixTable<P> table = new MixTable<>(results, peers, rival);
        String figures = (first.isEmpty() ? summary(plan, table) : first) + tables(plan, table);
        return new Report(
                suite,
                title,
                Machine.here().text() + ", " + ScratchFolder.fileSystem(),
                "![Microseconds of half of the calls of each peer](" + suite + ".svg)\n\n" + figures + how(plan)
                        + "## What each does\n\n" + notes,
                figures,
                chart(plan, table).svg(),
                results.scores().stream().map(MixReport::csv).collect(Collectors.joining("", CSV_HEADER, "")));
    }

    private String summary(MixPlan plan, MixTable<P> table) {
        return "## In short\n\n%s, how many times as fast as %s at the median:\n\n%s\n"
                .formatted(peers.get(0).label(), rivalName, table.summary(MixCell.of(plan.valueBytes())));
    }

    private static <P extends MixPeer> String tables(MixPlan plan, MixTable<P> table) {
        return plan.valueBytes().stream()
                .map(bytes -> "## %s\n\n%s\n".formatted(LoadCell.sizeText(bytes), table.of(bytes)))
                .collect(Collectors.joining());
    }

    private String how(MixPlan plan) {
        return String.format(
                Locale.ROOT, """
                ## How it was measured

                The workload of python-diskcache's own benchmark: each caller makes %1$,d calls, get, set and delete mixed at random
                as 100 : 10 : 1, on %2$d keys. Unlike there, all values of a run have one size, are bytes that do not compress, and are
                compared with what was put when they are read. A call is timed by itself; *calls a second* adds up the callers' calls
                by the time that they took, and leaves out what a caller does in between.

                Each number is the median of %3$d rounds, with the lowest and the highest in brackets unless it is a p99 or a max;
                p50, p99 and max are over the calls of all callers. *Times as fast* is the ratio to the p50 of %4$s in
                the same round. In each round the peers take turns, each in an empty folder, and the order rotates. Each has
                processes of its own, which stay for the whole run and make %5$,d calls with each caller in each cell before the first
                round. [%6$s.csv](%6$s.csv) has every measurement.

                """, plan.operations(), Mix.KEYS, plan.rounds(), rivalName, plan.operationsStart(), suite);
    }

    private Chart<P> chart(MixPlan plan, MixTable<P> table) {
        return new Chart<>(
                title + ": microseconds of half of the calls",
                title + ": microseconds of half of the calls, median and spread of the rounds; shorter is better",
                peers.stream().filter(peer -> !table.isMissing(peer)).toList(),
                MixPeer::label,
                MixCell.CALLERS,
                Stream.of(MixCall.values())
                        .map(call -> plan.valueBytes().stream()
                                .map(bytes -> panel(table, call, bytes))
                                .toList())
                        .toList());
    }

    private Chart.Panel<P> panel(MixTable<P> table, MixCall call, int bytes) {
        return new Chart.Panel<>(call.label() + ", " + LoadCell.sizeText(bytes), (peer, callers) -> {
            MixCell cell = new MixCell(bytes, callers);
            return table.results().has(cell, peer) ? Optional.of(table.micros(cell, peer, call)) : Optional.empty();
        });
    }

    private static <P extends MixPeer> String csv(Score<MixCell, P, MixFigures> score) {
        return "%d,%d,%d,%s,%s\n"
                .formatted(
                        score.round(),
                        score.cell().valueBytes(),
                        score.cell().callers(),
                        score.peer().name(),
                        score.figures().csv());
    }
}
