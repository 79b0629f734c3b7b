package io.larder.bench.load;

import io.larder.bench.report.Chart;
import io.larder.bench.report.Report;
import io.larder.bench.rounds.Results;
import io.larder.bench.rounds.Score;
import io.larder.bench.rounds.Spread;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Tells what came of a run against one server.
 *
 * @param suite names the files
 * @param title of the page
 * @param peers who was measured, in order; the first is ours
 * @param rivals whom ours is compared with
 * @param notes on how the peers were used
 */
public record LoadReport<P extends LoadPeer>(
        String suite, String title, LoadPlace place, List<P> peers, List<Rivals<P>> rivals, String notes) {

    private static final String READ_THROUGH = "*Read through* asks once in " + LoadKeys.MISS_EVERY
            + " calls for a key that was never stored, and stores what a loader returns at once.\n";
    private static final String CSV_HEADER =
            "round,workload,value_bytes,threads,client," + LoadFigures.CSV_COLUMNS + "\n";

    /** Returns the page, the picture and the raw numbers. */
    public Report of(Results<LoadCell, P, LoadFigures> results, LoadPlan plan) {
        LoadTable<P> table = new LoadTable<>(results, plan.matrix(), peers, rivals);
        return new Report(
                suite,
                title,
                place.text(),
                intro(plan, table.summary()) + tables(table) + what(),
                table.summary() + "\n" + tables(table),
                chart(table).svg(),
                results.scores().stream().map(LoadReport::csv).collect(Collectors.joining("", CSV_HEADER, "")));
    }

    private String intro(LoadPlan plan, String summary) {
        return String.format(
                Locale.ROOT,
                """
                ![Thousands of calls a second of each client](%1$s.svg)

                ## In short

                Calls a second, %2$s as a multiple of
                %3$s:

                %4$s
                ## How it was measured

                Each number is the median of %5$d rounds, with the lowest and the highest in brackets where it is a speed or a
                ratio; ratios are within the round. Callers wait for each answer before they ask again, as many of them as the
                tables say threads; calls of all are added up. There is one server, started for the run, and the
                clients share the machine with it. Each client has a JVM of its own (%6$s of heap) and entries of its own on the
                server, and is warmed up before the first round; in each round those who do the same thing take turns (%7$s), and
                the order rotates. Client CPU is all of the client's process, server CPU all of the server's, per call.
                [%1$s.csv](%1$s.csv) has every measurement.

                %8$,d keys `key-N` are asked for at random, all of them there, each entry with a ttl of an hour. Values are bytes,
                so that no codec is measured. What is read is checked, and every write waits for the server's answer.
                %9$s
                """,
                suite,
                peers.get(0).label(),
                rivals.stream().map(Rivals::text).collect(Collectors.joining(" and of ")),
                summary,
                plan.rounds(),
                WorkerProcess.HEAP,
                plan.words(),
                LoadKeys.COUNT,
                plan.matrix().workloads().contains(LoadWorkload.READ_THROUGH) ? READ_THROUGH : "");
    }

    private String what() {
        return "## What each does\n\n" + notes + "\n" + PeerFacts.table(peers, place.serverVersion());
    }

    private static <P extends LoadPeer> String tables(LoadTable<P> table) {
        StringBuilder text = new StringBuilder();
        for (LoadWorkload workload : table.matrix().workloads()) {
            for (int valueBytes : table.matrix().valueBytes()) {
                text.append("## %s, %s\n\n".formatted(workload.label(), LoadCell.sizeText(valueBytes)))
                        .append(table.of(workload, valueBytes))
                        .append('\n');
            }
        }
        return text.toString();
    }

    private Chart<P> chart(LoadTable<P> table) {
        return new Chart<>(
                "Thousands of calls a second, on " + place.server(),
                "On " + place.server() + ": thousands of calls a second, median and spread of the rounds",
                peers,
                LoadPeer::label,
                table.matrix().threads(),
                table.matrix().valueBytes().stream()
                        .map(valueBytes -> panels(table, valueBytes))
                        .toList());
    }

    private List<Chart.Panel<P>> panels(LoadTable<P> table, int valueBytes) {
        return table.matrix().workloads().stream()
                .map(workload -> new Chart.Panel<P>(
                        workload.label() + ", " + LoadCell.sizeText(valueBytes),
                        (peer, threads) -> speed(table, new LoadCell(workload, threads, valueBytes), peer)))
                .toList();
    }

    private static <P extends LoadPeer> Optional<Spread> speed(LoadTable<P> table, LoadCell cell, P peer) {
        return table.results().has(cell, peer) ? Optional.of(table.spread(cell, peer)) : Optional.empty();
    }

    private static <P extends LoadPeer> String csv(Score<LoadCell, P, LoadFigures> score) {
        return "%d,%s,%d,%d,%s,%s\n"
                .formatted(
                        score.round(),
                        score.cell().workload().call(),
                        score.cell().valueBytes(),
                        score.cell().threads(),
                        score.peer().name(),
                        score.figures().csv());
    }
}
