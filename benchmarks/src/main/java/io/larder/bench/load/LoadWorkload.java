package io.larder.bench.load;

/** What every peer does. */
public enum LoadWorkload {
    /** A read that hits. */
    GET("get", "Get, a hit"),
    /** A write over an entry. */
    PUT("put", "Put over an entry"),
    /** {@link LoadKeys#BULK} reads at once. */
    GET_ALL("getAll", "Get " + LoadKeys.BULK + " at once"),
    /** A read of which one in {@link LoadKeys#MISS_EVERY} misses, and then stores. Last, for it adds keys. */
    READ_THROUGH("readThrough", "Read through, " + (100 - 100 / LoadKeys.MISS_EVERY) + " % hits");

    private final String call;
    private final String label;

    LoadWorkload(String call, String label) {
        this.call = call;
        this.label = label;
    }

    /** Returns its name in the raw numbers. */
    public String call() {
        return call;
    }

    /** Returns its name in the tables. */
    public String label() {
        return label;
    }
}
