package io.larder.bench.load;

import java.time.Duration;

/** One that is measured: a peer, ready to make its calls. Confined to one thread. */
public interface Contestant extends AutoCloseable {

    /** Returns whether it can do this at all. */
    boolean takes(LoadWorkload workload);

    /** Stores all keys with values of this size. */
    void fill(int valueBytes);

    /** Makes calls for so long, the first of them unmeasured, on keys that were filled with values of this size. */
    LoadFigures run(LoadCell cell, Duration warmup, Duration measured);

    @Override
    void close();
}
