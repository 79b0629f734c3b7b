package io.larder.bench.mix;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * How long calls took, to three digits, of one caller or of several together. Confined to one thread.
 *
 * <p>As a line: calls a second, then for each kind of call what its calls took and how many took that, as in
 * {@code 50000.0 900:3,1000:1 7000:1 -}.
 */
final class Timings {

    private static final int DIGITS = 3;
    private static final String NONE = "-";

    private final Map<MixCall, Histogram> nanosOfCalls = new EnumMap<>(MixCall.class);
    private double others;
    private double ownNanos;
    private long ownCalls;

    Timings() {
        for (MixCall call : MixCall.values()) {
            nanosOfCalls.put(call, new Histogram(DIGITS));
        }
    }

    void add(MixCall call, long nanos) {
        of(call).recordValue(nanos);
        ownNanos += nanos;
        ownCalls++;
    }

    /** Adds those of other callers. */
    void add(Timings more) {
        for (MixCall call : MixCall.values()) {
            of(call).add(more.of(call));
        }
        others += more.callsPerSecond();
    }

    /** Returns the calls a second of all callers, each counted by the time of its calls, not by what is between them. */
    double callsPerSecond() {
        return others + (ownCalls == 0 ? 0 : ownCalls * 1e9 / ownNanos);
    }

    MixFigures figures() {
        return new MixFigures(
                callsPerSecond(),
                Latency.of(of(MixCall.GET)),
                Latency.of(of(MixCall.SET)),
                Latency.of(of(MixCall.DELETE)));
    }

    String text() {
        return callsPerSecond() + " "
                + nanosOfCalls.values().stream().map(Timings::text).collect(Collectors.joining(" "));
    }

    static Timings parse(String line) {
        String[] words = line.split(" ", -1);
        Timings timings = new Timings();
        timings.others = Double.parseDouble(words[0]);
        int next = 1;
        for (MixCall call : MixCall.values()) {
            String word = words[next++];
            if (!word.equals(NONE)) {
                Arrays.stream(word.split(",", -1))
                        .map(pair -> pair.split(":", -1))
                        .forEach(pair -> timings.of(call)
                                .recordValueWithCount(Long.parseLong(pair[0]), Long.parseLong(pair[1])));
            }
        }
        return timings;
    }

    private Histogram of(MixCall call) {
        return requireNonNull(nanosOfCalls.get(call));
    }

    private static String text(Histogram nanos) {
        StringJoiner pairs = new StringJoiner(",").setEmptyValue(NONE);
        for (HistogramIterationValue value : nanos.recordedValues()) {
            pairs.add(value.getValueIteratedTo() + ":" + value.getCountAtValueIteratedTo());
        }
        return pairs.toString();
    }
}
