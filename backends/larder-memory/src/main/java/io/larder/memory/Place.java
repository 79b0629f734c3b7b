package io.larder.memory;

/** A key's place in the eviction policy, which an entry that is overwritten leaves to its successor. Compared by identity. */
final class Place {

    /** In bytes for a bound in bytes, else 1. */
    final int weight;

    Place(int weight) {
        this.weight = weight;
    }
}
