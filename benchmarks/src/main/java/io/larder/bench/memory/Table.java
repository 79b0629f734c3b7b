package io.larder.bench.memory;

import io.larder.bench.report.MarkdownTable;
import io.larder.bench.report.Versions;
import io.larder.bench.rounds.Results;
import java.util.ArrayList;
import java.util.List;

/** Writes results as Markdown tables. */
final class Table {

    private static final List<Peer> RIVAL = List.of(Peer.CAFFEINE);

    private Table() {}

    /** Returns one line per peer: speed and ratio for each number of threads, and what a call allocates. */
    static String of(Results<Cell, Peer, Figures> results, Workload workload) {
        MarkdownTable table = new MarkdownTable().words("cache");
        for (int threads : Plan.THREADS) {
            table.numbers((threads == 1 ? "1 thread" : threads + " threads") + ", M calls/s", "of Caffeine");
        }
        table.numbers("bytes/call");
        for (Peer peer : Peer.values()) {
            List<String> row = new ArrayList<>(List.of(peer.label()));
            for (int threads : Plan.THREADS) {
                Cell cell = new Cell(workload, threads);
                row.add(results.spread(cell, peer, Figures::megacallsPerSecond).text(1));
                row.add(results.ratio(cell, peer, RIVAL, Figures::callsPerSecond)
                        .text(2));
            }
            // With one thread; the others allocate the same, measured less exactly.
            double bytes = results.spread(new Cell(workload, Plan.THREADS.get(0)), peer, Figures::bytesPerCall)
                    .median();
            row.add(String.valueOf(Math.round(bytes)));
            table.row(row);
        }
        return table.text();
    }

    /** Returns what each peer had on, and the version it was. */
    static String peers(Versions versions) {
        MarkdownTable table = new MarkdownTable().words("cache", "version", "ttl", "tags", "statistics");
        for (Peer peer : Peer.values()) {
            table.row(List.of(peer.label(), versions.of(peer.library()), peer.ttl(), peer.tags(), peer.statistics()));
        }
        return table.text();
    }
}
