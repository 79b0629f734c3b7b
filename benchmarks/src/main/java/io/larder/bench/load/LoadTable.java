package io.larder.bench.load;

import io.larder.bench.report.MarkdownTable;
import io.larder.bench.rounds.Results;
import io.larder.bench.rounds.Spread;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes results as Markdown tables.
 *
 * @param peers who was measured, in order; the first is ours
 * @param rival the bare client, which the ratios compare with
 * @param rivalName its name within a heading
 * @param wrappers those who do what we do
 */
record LoadTable<P extends LoadPeer>(
        Results<LoadCell, P, LoadFigures> results, List<P> peers, P rival, String rivalName, List<P> wrappers) {

    /** Returns how ours compares: a line for each workload and size, two ratios for each number of threads. */
    String summary() {
        MarkdownTable table = new MarkdownTable().words("calls", "value");
        for (int threads : LoadCell.THREADS) {
            table.numbers(threadsText(threads) + ", of " + rivalName, "of the best wrapper");
        }
        for (LoadWorkload workload : LoadWorkload.values()) {
            for (int valueBytes : LoadCell.VALUE_BYTES) {
                List<String> row = new ArrayList<>(List.of(workload.label(), LoadCell.sizeText(valueBytes)));
                for (int threads : LoadCell.THREADS) {
                    LoadCell cell = new LoadCell(workload, threads, valueBytes);
                    row.add(ratio(cell, peers.get(0), List.of(rival)));
                    row.add(ratio(cell, peers.get(0), wrappers));
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
                .numbers("k calls/s", "of " + rivalName, "p50, µs", "p99, µs", "client CPU, µs/call")
                .numbers("server CPU, µs/call");
        for (int threads : LoadCell.THREADS) {
            LoadCell cell = new LoadCell(workload, threads, valueBytes);
            for (P peer : peers) {
                if (results.has(cell, peer)) {
                    table.row(List.of(
                            String.valueOf(threads),
                            peer.label(),
                            spread(cell, peer).text(1),
                            ratio(cell, peer, List.of(rival)),
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

    private String ratio(LoadCell cell, P peer, List<P> rivals) {
        return results.ratio(cell, peer, rivals, LoadFigures::callsPerSecond).text(2);
    }

    private static String median(Spread spread, int decimals) {
        return Spread.of(spread.median()).text(decimals);
    }

    private static String threadsText(int threads) {
        return threads == 1 ? "1 thread" : threads + " threads";
    }
}
