package io.larder.bench;

import java.util.Properties;

/** Writes results as Markdown tables. */
final class Table {

    private Table() {}

    /** Returns one line per peer: speed and ratio for each number of threads, and what a call allocates. */
    static String of(Results results, Workload workload) {
        StringBuilder head = new StringBuilder("| cache |");
        StringBuilder rule = new StringBuilder("| --- |");
        for (int threads : Plan.THREADS) {
            String crew = threads == 1 ? "1 thread" : threads + " threads";
            head.append(" %s, M calls/s | of Caffeine |".formatted(crew));
            rule.append(" ---: | ---: |");
        }
        StringBuilder text = new StringBuilder()
                .append(head)
                .append(" bytes/call |\n")
                .append(rule)
                .append(" ---: |\n");
        for (Peer peer : Peer.values()) {
            text.append("| ").append(peer.label()).append(" |");
            for (int threads : Plan.THREADS) {
                text.append(" ")
                        .append(results.speed(workload, threads, peer).text(1))
                        .append(" | ")
                        .append(results.ratio(workload, threads, peer).text(2))
                        .append(" |");
            }
            // With one thread; the others allocate the same, measured less exactly.
            double bytes = results.bytes(workload, Plan.THREADS[0], peer).median();
            text.append(" ").append(Math.round(bytes)).append(" |\n");
        }
        return text.toString();
    }

    /** Returns what each peer had on, and the version it was. */
    static String peers(Properties versions) {
        StringBuilder text =
                new StringBuilder("| cache | version | ttl | tags | statistics |\n| --- | --- | --- | --- | --- |\n");
        for (Peer peer : Peer.values()) {
            String version = versions.getProperty(peer.library(), "unknown");
            text.append("| ")
                    .append(String.join(" | ", peer.label(), version, peer.ttl(), peer.tags(), peer.statistics()))
                    .append(" |\n");
        }
        return text.toString();
    }
}
