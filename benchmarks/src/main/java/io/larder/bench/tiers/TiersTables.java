package io.larder.bench.tiers;

import io.larder.bench.memory.Figures;
import io.larder.bench.report.MarkdownTable;
import io.larder.bench.report.Versions;
import io.larder.bench.rounds.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** Writes results as Markdown tables. */
record TiersTables(TiersResults results) {

    private static final List<TierPeer> PLAIN = List.of(TierPeer.MEMORY);
    private static final List<TierPeer> REMOTE = List.of(TierPeer.REDIS);
    private static final List<TierPeer> RIVALS = List.of(TierPeer.JETCACHE, TierPeer.REDISSON);

    /** Returns what a hit costs: a line for each peer. */
    String near() {
        MarkdownTable table = new MarkdownTable().words("cache");
        for (int threads : TiersPlan.THREADS) {
            table.numbers(threadsText(threads) + ", M hits/s", "of plain memory", "of a get from Redis");
        }
        table.numbers("bytes/hit");
        for (TierPeer peer : TierPeer.values()) {
            List<String> row = new ArrayList<>(List.of(peer.label()));
            for (int threads : TiersPlan.THREADS) {
                row.add(results.near()
                        .spread(threads, peer, Figures::megacallsPerSecond)
                        .text(2));
                row.add(results.near()
                        .ratio(threads, peer, PLAIN, Figures::callsPerSecond)
                        .text(2));
                row.add(results.near()
                        .ratio(threads, peer, REMOTE, Figures::callsPerSecond)
                        .text(0));
            }
            // With one thread; the others allocate the same, measured less exactly.
            row.add(results.near()
                    .spread(TiersPlan.THREADS.get(0), peer, Figures::bytesPerCall)
                    .text(0));
            table.row(row);
        }
        return table.text();
    }

    /** Returns how fast two processes were: a line for each number of threads and peer. */
    String speed() {
        MarkdownTable table = new MarkdownTable()
                .words("threads each", "cache")
                .numbers("k calls/s", "of the better peer", "read p50, µs", "read p99, µs");
        for (int threads : TiersPlan.THREADS) {
            for (TierPeer peer : TierPeer.SHARED) {
                table.row(List.of(
                        String.valueOf(threads),
                        peer.label(),
                        shared(threads, peer, SharedFigures::kilocallsPerSecond).text(1),
                        results.shared()
                                .ratio(threads, peer, RIVALS, SharedFigures::callsPerSecond)
                                .text(2),
                        shared(threads, peer, SharedFigures::p50Micros).text(1),
                        shared(threads, peer, SharedFigures::p99Micros).text(1)));
            }
        }
        return table.text();
    }

    /** Returns which reads were stale: a line for each number of threads and peer. */
    String stale() {
        String late = "stale by more than " + SharedFigures.BOUND.toMillis() + " ms";
        MarkdownTable table = new MarkdownTable()
                .words("threads each", "cache")
                .numbers("M reads", "stale when they began", "in a million", late, "the most, ms", "left stale")
                .numbers("seen after, p50, µs", "p99, µs");
        for (int threads : TiersPlan.THREADS) {
            for (TierPeer peer : TierPeer.SHARED) {
                List<String> row = new ArrayList<>(List.of(String.valueOf(threads), peer.label()));
                row.add(shared(threads, peer, figures -> figures.reads() / 1e6).text(1));
                Stream.<ToDoubleFunction<SharedFigures>>of(
                                SharedFigures::stale,
                                SharedFigures::stalePerMillion,
                                SharedFigures::late,
                                SharedFigures::oldestMillis,
                                SharedFigures::left,
                                SharedFigures::seenP50Micros,
                                SharedFigures::seenP99Micros)
                        .forEach(figure -> row.add(shared(threads, peer, figure).text(0)));
                table.row(row);
            }
        }
        return table.text();
    }

    /** Returns what the race left: a line for each peer. */
    String race() {
        MarkdownTable table = new MarkdownTable().words("cache").numbers("overtaken reads", "left stale");
        for (TierPeer peer : TierPeer.TIERED) {
            List<String> row = new ArrayList<>(List.of(peer.label()));
            Stream.<ToDoubleFunction<RaceFigures>>of(RaceFigures::overtaken, RaceFigures::left)
                    .forEach(figure -> row.add(results.race()
                            .spread(RaceLoad.READERS, peer, figure)
                            .text(0)));
            table.row(row);
        }
        return table.text();
    }

    /** Returns what each peer is. */
    static String peers() {
        Versions versions = new Versions();
        MarkdownTable table = new MarkdownTable().words("cache", "version", "who tells it of changes", "ttl");
        for (TierPeer peer : TierPeer.values()) {
            table.row(List.of(peer.label(), versions.of(peer.library()), peer.coherence(), peer.ttl()));
        }
        return table.text();
    }

    private Spread shared(int threads, TierPeer peer, ToDoubleFunction<SharedFigures> figure) {
        return results.shared().spread(threads, peer, figure);
    }

    private static String threadsText(int threads) {
        return threads == 1 ? "1 thread" : threads + " threads";
    }
}
