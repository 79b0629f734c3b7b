package io.larder.bench.memory;

/** What one measurement gave: the sum over its threads, and what one call allocated. */
public record Figures(double callsPerSecond, double bytesPerCall) {

    /** Returns the speed in millions. */
    public double megacallsPerSecond() {
        return callsPerSecond / 1e6;
    }

    /** Returns how long one thread takes over a call, if there is one. */
    public double nanosPerCall() {
        return 1e9 / callsPerSecond;
    }
}
