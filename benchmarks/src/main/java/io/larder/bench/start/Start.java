package io.larder.bench.start;

/** What a start came to; not a number where it was not measured. */
record Start(double millis, double heapBytes, double processBytes) {

    private static final double MEBI = 1 << 20;

    double heapMebibytes() {
        return heapBytes / MEBI;
    }

    double processMebibytes() {
        return processBytes / MEBI;
    }
}
