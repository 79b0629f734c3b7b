package io.larder.bench.tiers;

import java.time.Duration;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * What two processes on one cache gave.
 *
 * @param callsPerSecond of all callers, reads and writes
 * @param p50Micros of reads
 * @param p99Micros of reads
 * @param reads how many there were
 * @param stale those that showed a version although the put of a newer one had returned before they began
 * @param late those of them that did so {@link #BOUND} after it had
 * @param oldestMillis how long after, at most
 * @param left keys that showed an older version when all had been quiet for a while, in both processes
 * @param seenP50Micros from the return of a put until the other process saw it, with nothing else to do
 * @param seenP99Micros the same
 */
record SharedFigures(
        double callsPerSecond,
        double p50Micros,
        double p99Micros,
        double reads,
        double stale,
        double late,
        double oldestMillis,
        double left,
        double seenP50Micros,
        double seenP99Micros) {

    /** After this a write is old news to a process of the same machine, even a busy one. */
    static final Duration BOUND = Duration.ofMillis(50);

    static final String CSV_COLUMNS = "calls_per_second,read_p50_us,read_p99_us,reads,stale_reads,stale_reads_late,"
            + "stale_oldest_ms,left_stale,seen_p50_us,seen_p99_us";

    static SharedFigures of(TierLap lap, Histogram seenNanos, int left) {
        Histogram stale = lap.staleNanos();
        Histogram reads = lap.readNanos();
        return new SharedFigures(
                lap.callsPerSecond(),
                reads.getValueAtPercentile(50) / 1e3,
                reads.getValueAtPercentile(99) / 1e3,
                reads.getTotalCount(),
                stale.getTotalCount(),
                countAbove(stale, BOUND),
                stale.getMaxValue() / 1e6,
                left,
                seenNanos.getValueAtPercentile(50) / 1e3,
                seenNanos.getValueAtPercentile(99) / 1e3);
    }

    static double countAbove(Histogram nanos, Duration bound) {
        long most = nanos.getMaxValue();
        return most <= bound.toNanos() ? 0 : nanos.getCountBetweenValues(bound.toNanos(), most);
    }

    double kilocallsPerSecond() {
        return callsPerSecond / 1e3;
    }

    double stalePerMillion() {
        return stale * 1e6 / reads;
    }

    String csv() {
        return String.format(
                Locale.ROOT,
                "%.0f,%.2f,%.1f,%.0f,%.0f,%.0f,%.2f,%.0f,%.1f,%.1f",
                callsPerSecond,
                p50Micros,
                p99Micros,
                reads,
                stale,
                late,
                oldestMillis,
                left,
                seenP50Micros,
                seenP99Micros);
    }
}
