package io.larder.memory;

import io.larder.spi.Entry;

/** An entry as it is kept, with a note for the eviction policy. Thread-safe: a lost note costs one more record of a read. */
final class HeldEntry<V> extends Entry<V> {

    /** In bytes for a bound in bytes, else without a meaning. */
    final int weight;

    /** The eviction epoch in which a read of this entry was last told to the policy. */
    int readEpoch;

    HeldEntry(Entry<V> entry, int readEpoch, int weight) {
        super(entry);
        this.readEpoch = readEpoch;
        this.weight = weight;
    }
}
