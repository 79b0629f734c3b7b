package io.larder.bench.rounds;

/** How much time a run may take. */
public enum Effort {
    /** For the record. */
    FULL,
    /** Enough to see that all works, too little to quote. */
    QUICK
}
