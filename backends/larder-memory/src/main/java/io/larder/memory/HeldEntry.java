package io.larder.memory;

import io.larder.spi.Entry;
import org.jspecify.annotations.Nullable;

/** An entry as it is kept, with what the eviction policy needs. Thread-safe: a lost note costs one more record of a read. */
final class HeldEntry<V> extends Entry<V> {

    /** In bytes for a bound in bytes, else 1. */
    final int weight;

    /** The epoch in which a use of this entry was last told to the policy. */
    int readEpoch;

    /** Set once, before anybody can see the entry. */
    @Nullable
    Place place;

    HeldEntry(Entry<V> entry, int weight, int readEpoch) {
        super(entry);
        this.weight = weight;
        this.readEpoch = readEpoch;
    }
}
