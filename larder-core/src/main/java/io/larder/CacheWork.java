package io.larder;

import java.util.Collection;

/** What takes its time: a load, or a call of a backend. Immutable. */
public sealed interface CacheWork {

    /** Returns the name of the cache. */
    String cache();

    /** Returns the key, or a collection of keys; for a call without one, its tag or pattern, or an empty string. */
    Object key();

    /** Returns how many keys it concerns. */
    default int keys() {
        return key() instanceof Collection<?> keys ? keys.size() : 1;
    }

    /** A loader is called, for one key or for several. */
    record Load(String cache, Object key) implements CacheWork {}

    /**
     * A backend outside this process is asked; each attempt, and each page of a listing, is a call.
     *
     * @param address the backend's, as a URL without secrets
     * @param operation the name of the method of {@link io.larder.spi.Backend}
     */
    record Call(String cache, String address, String operation, Object key) implements CacheWork {}
}
