package io.larder.bench.memory;

import org.jspecify.annotations.Nullable;

/** A cache under measurement, reached by the calls that its users make. Thread-safe. */
public interface Contender extends AutoCloseable {

    /** Returns the value, or null for a miss. */
    @Nullable
    String get(String key);

    /** Stores a value with the ttl that the contender was opened with. */
    void put(String key, String value);

    @Override
    void close();
}
