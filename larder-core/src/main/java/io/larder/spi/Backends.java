package io.larder.spi;

/**
 * All that one URL opens: gives each cache its backend, and owns what they share, such as a client. Thread-safe.
 *
 * <p>Asked at most once for each scope.
 */
public sealed interface Backends extends AutoCloseable {

    /** Closes what was opened, not what was lent; idempotent. */
    @Override
    void close();

    /** Backends that keep the caller's own objects. */
    non-sealed interface ByReference extends Backends {

        /** Returns the backend of one cache. */
        <K, V> Backend<K, V> open(CacheSpec<K, V> spec);
    }

    /** Backends that keep bytes under a string. */
    non-sealed interface OfBytes extends Backends {

        /** Returns the backend of one cache. */
        Backend<String, byte[]> open(CacheSpec<String, byte[]> spec);
    }
}
