package io.larder.bench;

import java.util.Locale;

/** What one measurement gave: the sum over its threads, and what one call allocated. */
record Score(int round, Workload workload, int threads, Peer peer, double callsPerSecond, double bytesPerCall) {

    static final String CSV_HEADER = "round,workload,threads,peer,calls_per_second,bytes_per_call\n";

    String csv() {
        return String.format(
                Locale.ROOT,
                "%d,%s,%d,%s,%.0f,%.1f\n",
                round,
                workload.method(),
                threads,
                peer,
                callsPerSecond,
                bytesPerCall);
    }
}
