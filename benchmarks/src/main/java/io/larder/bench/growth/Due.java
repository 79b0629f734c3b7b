package io.larder.bench.growth;

/** How much a figure may grow with the size. */
enum Due {
    /** Not at all. */
    NOTHING("be constant"),
    /** A throughput, which should be as high as it was. */
    NOT_FALL("not fall"),
    /** A time that many share, or that much takes. */
    SIZE("grow no faster"),
    /** A figure that says the same as another. */
    ANY("");

    private final String should;

    Due(String should) {
        this.should = should;
    }

    /** Returns what the figure should do, in words. */
    String should() {
        return should;
    }

    /** Returns how many times as bad as it should be a figure was that grew so, while the size grew so. */
    double excess(double growth, double growthOfSize) {
        return switch (this) {
            case NOTHING -> growth;
            case NOT_FALL -> 1 / growth;
            case SIZE -> growth / growthOfSize;
            case ANY -> Double.NaN;
        };
    }
}
