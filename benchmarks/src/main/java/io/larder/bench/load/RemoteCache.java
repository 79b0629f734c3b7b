package io.larder.bench.load;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A cache on a server under measurement, reached by the calls that its users make. Thread-safe.
 *
 * <p>Every call waits for the server's answer, and every entry is stored with the ttl that the cache was opened with. What fails
 * throws.
 */
public interface RemoteCache extends AutoCloseable {

    /** How long a call may take at least before it fails, for all: more than a busy machine needs. */
    Duration TIMEOUT = Duration.ofSeconds(30);

    /** Returns the value, or null for a miss. */
    byte @Nullable [] get(String key);

    /** Stores a value, and returns when the server has it. */
    void put(String key, byte[] value);

    /** Reads all, by one call where there is one for it, and returns how many were there. */
    int getAll(List<String> keys);

    /** Returns the value; on a miss takes it from the loader and stores it. By itself as one does with a client that is no cache. */
    default byte[] get(String key, Supplier<byte[]> loader) {
        byte[] found = get(key);
        if (found != null) {
            return found;
        }
        byte[] loaded = loader.get();
        put(key, loaded);
        return loaded;
    }

    @Override
    void close();
}
