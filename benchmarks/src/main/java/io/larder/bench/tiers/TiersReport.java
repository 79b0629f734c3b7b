package io.larder.bench.tiers;

import io.larder.bench.memory.Figures;
import io.larder.bench.memory.Zipf;
import io.larder.bench.report.Chart;
import io.larder.bench.report.Machine;
import io.larder.bench.report.Report;
import io.larder.bench.rounds.Results;
import io.larder.bench.rounds.Score;
import io.larder.bench.rounds.Spread;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Tells what came of a run. */
record TiersReport(TiersResults results, TiersPlan plan, String redisVersion) {

    private static final String CSV_HEADER = "part,round,threads,cache,near_hits_per_second,near_bytes_per_hit,"
            + SharedFigures.CSV_COLUMNS + "," + RaceFigures.CSV_COLUMNS + "\n";
    private static final String NO_NEAR = ",";
    private static final String NO_SHARED = ",".repeat((int)
            SharedFigures.CSV_COLUMNS.chars().filter(c -> c == ',').count());
    private static final String NO_RACE = ","
            .repeat((int) RaceFigures.CSV_COLUMNS.chars().filter(c -> c == ',').count());

    /** Returns the page, the picture and the raw numbers. */
    Report report() {
        String tables = tables();
        return new Report(
                "tiers",
                "A near tier before Redis, measured",
                "Redis " + redisVersion + " on " + Machine.here().text(),
                intro() + tables + notes(),
                tables,
                chart().svg(),
                csv());
    }

    private String intro() {
        return String.format(
                Locale.ROOT,
                """
                ![Hits and calls a second of each cache, and its stale reads](tiers.svg)

                Each number is the median of %d rounds, with the lowest and the highest in brackets; ratios are within the round.
                In each round the caches take turns, and the order rotates. There is one Redis, started for the run, which shares
                the machine with all. %,d keys are asked for as Zipf's law says (%s), values have %d bytes, and a near tier has
                room for %,d entries. [tiers.csv](tiers.csv) has every measurement.

                """,
                plan.rounds(),
                NearBenchmark.KEYS,
                Zipf.SKEW,
                NearBenchmark.VALUE_BYTES,
                TierPeer.CAPACITY);
    }

    private String tables() {
        TiersTables tables = new TiersTables(results);
        return nearText()
                + tables.near()
                + speedText()
                + tables.speed()
                + staleText()
                + tables.stale()
                + raceText()
                + tables.race();
    }

    private String nearText() {
        return """
                ## A hit in the near tier

                One process, %s. Before and after, it is seen that Redis is asked for nothing by who claims a near tier.

                """.formatted(plan.near().words());
    }

    private String speedText() {
        return """

                ## Two processes: speed

                Two processes, each in a JVM of its own (%s of heap), read and write the same entries: %d in 100 calls of every thread
                are puts, which are waited for. %s of measuring after %s of warm-up; calls of all threads are added up.

                """.formatted(
                        TierProcess.HEAP,
                        TiersPlan.WRITES_PERCENT,
                        secondsText(plan.measured().toMillis()),
                        secondsText(plan.warmup().toMillis()));
    }

    private String staleText() {
        return """

                ## Two processes: stale reads

                The same reads. Values are versions, each key has one writer, and a board that both processes map says which versions'
                puts have returned, and when, by the monotonic clock that all processes of a Linux machine share. A read is *stale when
                it began* if it shows a version older than one whose put had returned by then, in either process: 0 ms are allowed.
                It is *stale by more than %1$d ms* if that put had returned more than %1$d ms before; *the most* is the longest
                time. *Left stale* are keys, of %2$,d in each process, that still show an old version after %3$s without a
                write. *Seen after* is the time from the return of a put in one process until the other, which looks all the time,
                sees it; measured for itself, with nothing else to do (%4$d puts).

                """.formatted(
                        SharedFigures.BOUND.toMillis(),
                        NearBenchmark.KEYS,
                        secondsText(plan.quiet().toMillis()),
                        plan.puts());
    }

    private String raceText() {
        return """

                ## The race of a read with a write

                A read that is on its way while another process writes brings an old value home, perhaps after the news of the write.
                Who keeps it then, keeps it until its ttl. Here the wire to the reading process holds Redis's answers back for %d ms,
                but not what Redis tells by itself. Of %,d keys, %d threads of it read each once; soon after such a read has begun,
                another process puts the next version over a quick wire. *Overtaken* are reads that came home with the old value when
                that put had returned. *Left stale* are keys that still show it %s after the last call.

                """.formatted(
                        SlowAnswers.DELAY.toMillis(),
                        plan.races(),
                        RaceLoad.READERS,
                        secondsText(plan.quiet().toMillis()));
    }

    private static String notes() {
        return """

                ## What each does

                Larder promises that a change is seen within a heart-beat, 1 s, even if a connection dies without a sign.
                All keep values in memory by reference, as bytes on Redis, and have a database of their own. JetCache's `PUT` is waited
                for, `put` does not wait; its values have an encoder of eight bytes, its messages the one it comes with. Redisson's
                keys in memory are as they are (`useObjectAsCacheKey`), its eviction is LRU, and its writes are `fastPut`; a ttl on
                Redis is in its paid edition.

                """ + TiersTables.peers();
    }

    private Chart<TierPeer> chart() {
        return new Chart<>(
                "Hits and calls a second with a near tier before Redis, and stale reads",
                "A near tier before Redis: median and spread of the rounds; two processes, each with so many threads",
                List.of(TierPeer.values()),
                TierPeer::label,
                TiersPlan.THREADS,
                List.of(
                        List.of(
                                panel("Hit, one process, M/s", results.near(), Figures::megacallsPerSecond),
                                panel("Two processes, k calls/s", results.shared(), SharedFigures::kilocallsPerSecond)),
                        List.of(
                                panel("Stale reads in a million", results.shared(), SharedFigures::stalePerMillion),
                                panel("Two processes, read p99, µs", results.shared(), SharedFigures::p99Micros))));
    }

    private static <F> Chart.Panel<TierPeer> panel(
            String label, Results<Integer, TierPeer, F> results, ToDoubleFunction<F> figure) {
        return new Chart.Panel<>(
                label,
                (peer, threads) -> results.has(threads, peer)
                        ? Optional.of(results.spread(threads, peer, figure))
                        : Optional.<Spread>empty());
    }

    private String csv() {
        return CSV_HEADER
                + lines(
                        "near",
                        results.near(),
                        hits -> "%s,%s,%s"
                                .formatted(
                                        String.format(
                                                Locale.ROOT, "%.0f,%.1f", hits.callsPerSecond(), hits.bytesPerCall()),
                                        NO_SHARED,
                                        NO_RACE))
                + lines("shared", results.shared(), figures -> NO_NEAR + "," + figures.csv() + "," + NO_RACE)
                + lines("race", results.race(), figures -> NO_NEAR + "," + NO_SHARED + "," + figures.csv());
    }

    private static <F> String lines(String part, Results<Integer, TierPeer, F> results, Function<F, String> figures) {
        return results.scores().stream()
                .map((Score<Integer, TierPeer, F> score) -> "%s,%d,%d,%s,%s\n"
                        .formatted(part, score.round(), score.cell(), score.peer(), figures.apply(score.figures())))
                .collect(Collectors.joining());
    }

    private static String secondsText(long millis) {
        return String.format(Locale.ROOT, "%.1f s", millis / 1e3);
    }
}
