package io.larder.bench.load;

/** Who takes part, as the tables name it. */
public interface LoadPeer {

    /** Returns the name of the constant, for the raw numbers. */
    String name();

    /** Returns the name that readers know. */
    String label();
}
