package io.larder.bench.mix;

import io.larder.bench.worker.LineProcess;

/** Who takes part: a constant of an enum. */
public interface MixPeer {

    /** Returns the name of the constant, for the raw numbers. */
    String name();

    /** Returns the name that readers know. */
    String label();

    /** Returns whether callers have a process each; otherwise they are threads of one. */
    boolean processEach();

    /** Starts a process that obeys {@link MixWorker}'s orders. */
    LineProcess start();

    /** Returns whether this is worth measuring. */
    default boolean takes(MixCell cell) {
        return true;
    }
}
