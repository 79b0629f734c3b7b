package io.larder.spi;

import org.jspecify.annotations.Nullable;

/** Tells how many bytes an entry takes, for a bound in bytes. Thread-safe. */
@FunctionalInterface
public interface Weigher<K, V> {

    /**
     * Returns the bytes that {@code key} and {@code value} take together, at least 0; {@code value} is null for a cached "no such
     * thing". What weighs nothing is never given up for want of room.
     */
    int weightBytes(K key, @Nullable V value);
}
