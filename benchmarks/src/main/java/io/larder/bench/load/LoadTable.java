package io.larder.bench.load;

import io.larder.bench.report.MarkdownTable;
import io.larder.bench.rounds.Results;
import io.larder.bench.rounds.Spread;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes results as Markdown tables.
 *
 * @param matrix what was measured
 * @param peers who was measured, in order; the first is ours
 * @param rivals whom the summary compares with; the tables, with the first
 */
record LoadTable<P extends LoadPeer>(
        Results<LoadCell, P, LoadFigures> results, LoadMatrix matrix, List<P> peers, List<Rivals<P>> rivals) {

    /** Returns how ours compares: a line for each workload and size, a ratio for each number of threads and rivals. */
    String summary() {
        MarkdownTable table = new MarkdownTable().words("calls", "value");
        for (int threads : matrix.threads()) {
            String threadsText = threadsText(threads) + ", ";
            for (Rivals<P> each : rivals) {
                table.numbers(threadsText + "of " + each.name());
                threadsText = "";
            }
        }
        for (LoadWorkload workload : matrix.workloads()) {
            for (int valueBytes : matrix.valueBytes()) {
                List<String> row = new ArrayList<>(List.of(workload.label(), LoadCell.sizeText(valueBytes)));
                for (int threads : matrix.threads()) {
                    LoadCell cell = new LoadCell(workload, threads, valueBytes);
                    rivals.forEach(each -> row.add(ratio(cell, peers.get(0), each)));
                }
                table.row(row);
            }
        }
        return table.text();
    }

    /** Returns all figures of a workload at one size, a line for each number of threads and peer. */
    String of(LoadWorkload workload, int valueBytes) {
        MarkdownTable table = new MarkdownTable()
                .words("threads", "client")
                .numbers("k calls/s", "of " + rivals.get(0).name(), "p50, µs", "p99, µs", "client CPU, µs/call")
                .numbers("server CPU, µs/call");
        for (int threads : matrix.threads()) {
            LoadCell cell = new LoadCell(workload, threads, valueBytes);
            for (P peer : peers) {
                if (results.has(cell, peer)) {
                    table.row(List.of(
                            String.valueOf(threads),
                            peer.label(),
                            spread(cell, peer).text(1),
                            ratio(cell, peer, rivals.get(0)),
                            median(results.spread(cell, peer, LoadFigures::p50Micros), 0),
                            median(results.spread(cell, peer, LoadFigures::p99Micros), 0),
                            median(results.spread(cell, peer, LoadFigures::clientMicros), 1),
                            median(results.spread(cell, peer, LoadFigures::serverMicros), 1)));
                }
            }
        }
        return table.text();
    }

    /** Returns thousands of calls a second. */
    Spread spread(LoadCell cell, P peer) {
        return results.spread(cell, peer, LoadFigures::kilocallsPerSecond);
    }

    private String ratio(LoadCell cell, P peer, Rivals<P> of) {
        return results.ratio(cell, peer, of.peers(), LoadFigures::callsPerSecond)
                .text(2);
    }

    private static String median(Spread spread, int decimals) {
        return Spread.of(spread.median()).text(decimals);
    }

    private static String threadsText(int threads) {
        return threads == 1 ? "1 thread" : threads + " threads";
    }
}
