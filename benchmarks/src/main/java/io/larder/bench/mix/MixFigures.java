package io.larder.bench.mix;

import java.util.Locale;

/** What one measurement gave, over all callers. */
public record MixFigures(double callsPerSecond, Latency get, Latency set, Latency delete) {

    static final String CSV_COLUMNS =
            "calls_per_second,get_p50_us,get_p99_us,get_max_us,set_p50_us,set_p99_us,set_max_us,"
                    + "delete_p50_us,delete_p99_us,delete_max_us";

    double kilocallsPerSecond() {
        return callsPerSecond / 1e3;
    }

    Latency of(MixCall call) {
        return switch (call) {
            case GET -> get;
            case SET -> set;
            case DELETE -> delete;
        };
    }

    String csv() {
        return String.format(Locale.ROOT, "%.0f,%s,%s,%s", callsPerSecond, get.csv(), set.csv(), delete.csv());
    }
}
