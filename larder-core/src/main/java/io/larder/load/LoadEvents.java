package io.larder.load;

import io.larder.Observation;

/** Is told what happens while values are read and loaded. Thread-safe; nothing it does may fail. */
public interface LoadEvents {

    /** A read was answered from the cache. */
    void hit();

    /** A read was answered from the cache with a stale value. */
    void staleHit();

    /** A read found nothing fresh, and was not answered with a stale value. */
    void miss();

    /** A loader is about to be called for {@code key}, or for a collection of keys. */
    Observation loadBegins(Object key);

    /** A loader took {@code nanos}, and brought {@code values} values. */
    void loaded(int values, long nanos);

    /** A loader failed after {@code nanos}. */
    void loadFailed(Object key, Throwable cause, long nanos);

    /** What was loaded was not stored, because it was invalidated meanwhile. */
    void loadDropped(Object key);

    /** What was loaded could not be stored. */
    void storeFailed(Object key, RuntimeException cause);
}
