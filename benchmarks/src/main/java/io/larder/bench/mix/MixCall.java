package io.larder.bench.mix;

/** The calls that are mixed. */
public enum MixCall {
    /** Reads, and finds something nine times in ten. */
    GET("Get"),
    /** Stores over what is there. */
    SET("Set"),
    /** Removes. */
    DELETE("Delete");

    private final String label;

    MixCall(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    /** Returns what python-diskcache's benchmark does for a random number below 1. */
    static MixCall of(double chance) {
        if (chance < 0.90) {
            return GET;
        }
        return chance < 0.99 ? SET : DELETE;
    }
}
