package io.larder.memcached.client;

import java.util.function.IntPredicate;

/** Chooses the server of a key: the same one in every process that lists the same servers. Thread-safe. */
public interface Placement {

    /** Returns the index of the key's server among all that were listed. */
    default int serverOf(byte[] key) {
        return serverOf(key, server -> true);
    }

    /**
     * Returns the index of the key's server among those that are usable, or -1 if none is.
     *
     * <p>Rendezvous and ketama leave a key where it is unless its own server is unusable.
     */
    int serverOf(byte[] key, IntPredicate usable);
}
