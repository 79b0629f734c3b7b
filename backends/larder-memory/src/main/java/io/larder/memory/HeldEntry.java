package io.larder.memory;

import io.larder.spi.Entry;
import org.jspecify.annotations.Nullable;

/**
 * An entry as it is kept: a node of the {@link EntryTable}, with what the eviction policy needs. Thread-safe: a lost note costs one
 * more record of a read.
 */
final class HeldEntry<K, V> extends Entry<V> {

    /** Set once, before anybody can see the entry. */
    int hash;

    /** The epoch in which a use of this entry was last told to the policy. */
    int readEpoch;

    /** In bytes for a bound in bytes, else 1. */
    final int weight;

    /** From when it can be seen, that of the entry which it replaces. */
    K key;

    /** The next one in the bucket. Written with the stripe's lock. */
    volatile @Nullable HeldEntry<K, V> next;

    /** Set once, before anybody can see the entry. */
    @Nullable
    Place place;

    HeldEntry(K key, Entry<V> entry, int weight, int readEpoch) {
        super(entry);
        this.key = key;
        this.weight = weight;
        this.readEpoch = readEpoch;
    }

    boolean isOf(K other, int otherHash) {
        return hash == otherHash && (key == other || key.equals(other));
    }
}
