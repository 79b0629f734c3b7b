package io.larder.bench.mix;

import java.util.Locale;
import org.HdrHistogram.Histogram;

/** What half, what 99 in 100, and what all of the calls of a kind took at most. */
public record Latency(double p50Micros, double p99Micros, double maxMicros) {

    static Latency of(Histogram nanos) {
        return new Latency(
                nanos.getValueAtPercentile(50) / 1e3, nanos.getValueAtPercentile(99) / 1e3, nanos.getMaxValue() / 1e3);
    }

    String csv() {
        return String.format(Locale.ROOT, "%.2f,%.2f,%.2f", p50Micros, p99Micros, maxMicros);
    }
}
