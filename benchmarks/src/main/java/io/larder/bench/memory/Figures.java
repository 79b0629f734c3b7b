package io.larder.bench.memory;

/** What one measurement gave: the sum over its threads, and what one call allocated. */
record Figures(double callsPerSecond, double bytesPerCall) {

    double megacallsPerSecond() {
        return callsPerSecond / 1e6;
    }
}
