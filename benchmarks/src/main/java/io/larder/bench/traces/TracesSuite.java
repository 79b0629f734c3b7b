package io.larder.bench.traces;

import io.larder.bench.memory.Contender;
import io.larder.bench.memory.Peer;
import io.larder.bench.report.Chart;
import io.larder.bench.report.Machine;
import io.larder.bench.report.MarkdownTable;
import io.larder.bench.report.Report;
import io.larder.bench.report.Versions;
import io.larder.bench.rounds.Effort;
import io.larder.bench.rounds.Results;
import io.larder.bench.rounds.Score;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Counts the hits of all peers on all traces, each round with another seed, and tells what came of it. */
public final class TracesSuite {

    /** Who has an eviction policy of its own; what is built on Caffeine evicts as that does. */
    static final List<Peer> PEERS = List.of(Peer.LARDER, Peer.CAFFEINE, Peer.CACHE2K, Peer.EHCACHE);

    private static final String CSV_HEADER = "round,trace,peer,hit_percent\n";
    private static final Duration TTL = Duration.ofHours(1);
    private static final int ROUNDS = 3;
    private static final int CAPACITY = 10_000;
    private static final int READS = 1_000_000;
    private static final int SHARE_OF_QUICK = 10;

    private final int rounds;
    private final int capacity;
    private final int reads;

    /** Makes one of {@code rounds}, in each of which every cache with room for {@code capacity} answers {@code reads}. */
    TracesSuite(int rounds, int capacity, int reads) {
        this.rounds = rounds;
        this.capacity = capacity;
        this.reads = reads;
    }

    /** Counts. */
    public static Report run(Effort effort) {
        TracesSuite suite = effort == Effort.QUICK
                ? new TracesSuite(1, CAPACITY / SHARE_OF_QUICK, READS / SHARE_OF_QUICK)
                : new TracesSuite(ROUNDS, CAPACITY, READS);
        return suite.report(suite.results());
    }

    Results<Trace, Peer, Double> results() {
        List<Score<Trace, Peer, Double>> scores = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            for (Trace trace : Trace.values()) {
                for (Peer peer : PEERS) {
                    scores.add(new Score<>(round, trace, peer, hitPercent(peer, trace, round)));
                }
            }
        }
        return new Results<>(scores);
    }

    private double hitPercent(Peer peer, Trace trace, int seed) {
        IntUnaryOperator keys = trace.keys(capacity, reads, new Random(seed));
        int hits = 0;
        try (Contender cache = peer.open(capacity, TTL)) {
            for (int read = 0; read < reads; read++) {
                String key = "key:" + keys.applyAsInt(read);
                if (cache.get(key) == null) {
                    cache.put(key, "value");
                } else {
                    hits++;
                }
            }
        }
        return 100.0 * hits / reads;
    }

    Report report(Results<Trace, Peer, Double> results) {
        String tables = table(results);
        return new Report(
                "traces",
                "Hit ratios, counted",
                Machine.here().text(),
                body(tables),
                tables,
                chart(results).svg(),
                results.scores().stream().map(TracesSuite::csv).collect(Collectors.joining("", CSV_HEADER, "")));
    }

    private static String table(Results<Trace, Peer, Double> results) {
        MarkdownTable table = new MarkdownTable().words("trace");
        PEERS.forEach(peer -> table.numbers(peer.label() + ", %"));
        table.numbers("Larder, of Caffeine");
        for (Trace trace : Trace.values()) {
            List<String> row = new ArrayList<>(List.of(trace.label()));
            PEERS.forEach(peer ->
                    row.add(results.spread(trace, peer, percent -> percent).text(1)));
            row.add(results.ratio(trace, Peer.LARDER, List.of(Peer.CAFFEINE), percent -> percent)
                    .text(3));
            table.row(row);
        }
        return table.text();
    }

    private String body(String table) {
        Versions versions = new Versions();
        return String.format(
                Locale.ROOT,
                """
                ![Hits of each cache in a hundred reads](traces.svg)

                How many of 100 reads are hits. Each cache has room for %,d entries and answers %,d reads, one after another; what is
                missing is put. Each number is the median of %d rounds, with the lowest and the highest in brackets; a round has a seed of
                its own, which is the same for all. No clock is involved, but some caches evict on other threads, so that their numbers differ a
                little from run to run. [traces.csv](traces.csv) has every number.

                %s
                %s
                Larder chooses by Caffeine's policy, which learns of a hit only when entries come and go (ADR 4): that is what the last column is about.
                Versions: %s.
                """,
                capacity,
                reads,
                rounds,
                table,
                traces(),
                PEERS.stream()
                        .map(peer -> peer.label() + " " + versions.of(peer.library()))
                        .collect(Collectors.joining(", ")));
    }

    private static String traces() {
        MarkdownTable table = new MarkdownTable().words("trace", "asks for keys");
        Stream.of(Trace.values()).forEach(trace -> table.row(List.of(trace.label(), trace.words())));
        return table.text();
    }

    private static Chart<Peer> chart(Results<Trace, Peer, Double> results) {
        return new Chart<>(
                "Hits in a hundred reads of each cache",
                "Hits in a hundred reads, median and spread of the rounds",
                PEERS,
                Peer::label,
                List.of(1),
                List.of(Stream.of(Trace.values())
                        .map(trace -> new Chart.Panel<Peer>(
                                trace.label(),
                                (peer, threads) -> Optional.of(results.spread(trace, peer, percent -> percent))))
                        .toList()));
    }

    private static String csv(Score<Trace, Peer, Double> score) {
        return String.format(
                Locale.ROOT, "%d,%s,%s,%.3f\n", score.round(), score.cell(), score.peer(), score.figures());
    }
}
