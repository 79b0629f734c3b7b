package io.larder.bench.load;

import java.util.Locale;

/**
 * What one measurement gave.
 *
 * @param callsPerSecond of all threads together
 * @param p50Micros what half of the calls took at most
 * @param p99Micros what 99 in 100 of the calls took at most
 * @param clientMicros processor time of the client's process for a call; not a number where it is not known
 * @param serverMicros processor time of the server's process for a call
 */
public record LoadFigures(
        double callsPerSecond, double p50Micros, double p99Micros, double clientMicros, double serverMicros) {

    static final String CSV_COLUMNS = "calls_per_second,p50_us,p99_us,client_cpu_us_per_call,server_cpu_us_per_call";

    double kilocallsPerSecond() {
        return callsPerSecond / 1e3;
    }

    String csv() {
        return String.format(
                Locale.ROOT,
                "%.0f,%.1f,%.1f,%.2f,%.2f",
                callsPerSecond,
                p50Micros,
                p99Micros,
                clientMicros,
                serverMicros);
    }

    static LoadFigures parse(String csv) {
        String[] parts = csv.split(",", -1);
        return new LoadFigures(
                Double.parseDouble(parts[0]),
                Double.parseDouble(parts[1]),
                Double.parseDouble(parts[2]),
                Double.parseDouble(parts[3]),
                Double.parseDouble(parts[4]));
    }
}
