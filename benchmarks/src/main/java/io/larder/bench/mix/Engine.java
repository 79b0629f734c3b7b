package io.larder.bench.mix;

import org.jspecify.annotations.Nullable;

/** Keeps bytes in a folder: a cache, or what one could be built on. Thread-safe; what fails throws. */
public interface Engine extends AutoCloseable {

    /** Returns the value, or null for a miss. */
    byte @Nullable [] get(String key);

    /** Stores a value over the one that was there. */
    void put(String key, byte[] value);

    /** Removes the value, if there is one. */
    void remove(String key);

    @Override
    void close();
}
