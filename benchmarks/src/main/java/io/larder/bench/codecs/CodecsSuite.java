package io.larder.bench.codecs;

import io.larder.bench.load.LoadCell;
import io.larder.bench.memory.Figures;
import io.larder.bench.memory.Plan;
import io.larder.bench.report.Chart;
import io.larder.bench.report.Machine;
import io.larder.bench.report.Report;
import io.larder.bench.rounds.Effort;
import io.larder.bench.rounds.Results;
import io.larder.bench.rounds.Score;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openjdk.jmh.runner.RunnerException;

/** Measures all codecs beside the libraries that they are made of, and tells what came of it. */
public final class CodecsSuite {

    private static final String CSV_HEADER =
            "round,call,value_bytes,peer,calls_per_second,bytes_per_call,encoded_bytes\n";

    private CodecsSuite() {}

    /** Measures, after a look whether all peers give back what they were given. */
    public static Report run(Effort effort) throws RunnerException {
        Plan plan = switch (effort) {
            case FULL -> new Plan(3, 2, 3, Duration.ofMillis(500));
            case QUICK -> new Plan(1, 1, 1, Duration.ofMillis(100));
        };
        EncodedBytes encodedBytes = EncodedBytes.all();
        return report(new CodecRounds(plan, System.err).run(), encodedBytes, plan);
    }

    static Report report(Results<CodecCell, CodecPeer, Figures> results, EncodedBytes encodedBytes, Plan plan) {
        CodecsTable table = new CodecsTable(results, encodedBytes);
        String tables = CodecRounds.VALUE_BYTES.stream()
                .map(bytes -> "## %s\n\n%s\n".formatted(LoadCell.sizeText(bytes), table.of(bytes)))
                .collect(Collectors.joining());
        return new Report(
                "codecs",
                "Codecs, measured",
                Machine.here().text(),
                body(plan, tables),
                tables,
                chart(results).svg(),
                results.scores().stream()
                        .map(score -> csv(score, encodedBytes))
                        .collect(Collectors.joining("", CSV_HEADER, "")));
    }

    private static String body(Plan plan, String tables) {
        return String.format(Locale.ROOT, """
                ![Microseconds of a call of each codec](codecs.svg)

                The value is an order: a record with a number, a name and a list of lines, each a record with a text, an `int`, a
                `double`, a `boolean` and two labels. It has as many lines as bring its JSON closest to the size above a table.

                Each number is the median of %d rounds, with the lowest and the highest in brackets. In each round the codecs take turns,
                each in a JVM of its own (%s, one thread), and the order rotates. *Of* is how many times as fast a codec is as the one
                named, in the same round: what is inside it, or does the same. *Allocated* is by a call, the result included.
                [codecs.csv](codecs.csv) has every measurement.

                Larder's codecs refuse what the libraries alone would let pass: a property too many, a class that is not on the list,
                bytes that follow, depths and sizes that the bytes do not justify. Compressors leave alone what is shorter than 1 KiB.

                %s## Versions

                %s""", plan.rounds(), plan.words(), tables, CodecsTable.versions());
    }

    private static Chart<CodecPeer> chart(Results<CodecCell, CodecPeer, Figures> results) {
        return new Chart<>(
                "Microseconds of a call of each codec",
                "Codecs: microseconds of a call, median and spread of the rounds; shorter is better",
                List.of(CodecPeer.values()),
                peer -> peer.label().replace("`", ""),
                List.of(1),
                Stream.of(CodecCall.values())
                        .map(call -> CodecRounds.VALUE_BYTES.stream()
                                .map(bytes -> new Chart.Panel<CodecPeer>(
                                        call.label() + ", " + LoadCell.sizeText(bytes),
                                        (peer, threads) -> Optional.of(results.spread(
                                                new CodecCell(call, bytes),
                                                peer,
                                                figures -> figures.nanosPerCall() / 1e3))))
                                .toList())
                        .toList());
    }

    private static String csv(Score<CodecCell, CodecPeer, Figures> score, EncodedBytes encodedBytes) {
        int valueBytes = score.cell().valueBytes();
        return String.format(
                Locale.ROOT,
                "%d,%s,%d,%s,%.0f,%.1f,%d\n",
                score.round(),
                score.cell().call().method(),
                valueBytes,
                score.peer(),
                score.figures().callsPerSecond(),
                score.figures().bytesPerCall(),
                encodedBytes.of(valueBytes, score.peer()));
    }
}
