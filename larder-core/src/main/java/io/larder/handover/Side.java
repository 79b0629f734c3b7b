package io.larder.handover;

import io.larder.spi.Backend;
import io.larder.spi.Capability;

/** One of the backends that a cache goes over from and to, with its layers, and what is open for it. Thread-safe. */
public final class Side<K, V> {

    private final String address;
    private final Backend<K, V> backend;
    private final Backend<K, V> strict;
    private final Runnable closing;
    private final boolean local;
    private final InFlight reads = new InFlight();

    /**
     * Makes one.
     *
     * @param address where it is, as a URL without secrets
     * @param backend what a cache calls
     * @param strict the same without the layer that answers failures as misses
     * @param closing closes what was opened for this side alone
     */
    public Side(String address, Backend<K, V> backend, Backend<K, V> strict, Runnable closing) {
        this.address = address;
        this.backend = backend;
        this.strict = strict;
        this.closing = closing;
        this.local = backend.capabilities().contains(Capability.LOCAL);
    }

    /** Returns where it is, as a URL without secrets. */
    public String address() {
        return address;
    }

    /** Returns what a cache calls. */
    public Backend<K, V> backend() {
        return backend;
    }

    /** Returns the same without the layer that answers failures as misses. */
    public Backend<K, V> strict() {
        return strict;
    }

    /** Returns whether it answers from this process, where a read that goes on while it is closed just finds nothing. */
    boolean isLocal() {
        return local;
    }

    InFlight reads() {
        return reads;
    }

    /** Closes it; idempotent, as what it closes is. */
    void close() {
        try {
            backend.close();
        } finally {
            closing.run();
        }
    }
}
