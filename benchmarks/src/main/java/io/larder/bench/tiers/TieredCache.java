package io.larder.bench.tiers;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A cache under measurement, reached by the calls that its users make. Thread-safe; what fails throws. */
public interface TieredCache extends AutoCloseable {

    /** How long a call may take at least before it fails, for all: more than a busy machine needs. */
    Duration TIMEOUT = Duration.ofSeconds(30);

    /** Of every entry, where the peer can. */
    Duration TTL = Duration.ofHours(1);

    /** Returns the value, or null for a miss. */
    byte @Nullable [] get(String key);

    /** Stores a value, and returns when it is where all processes read. */
    void put(String key, byte[] value);

    @Override
    void close();
}
