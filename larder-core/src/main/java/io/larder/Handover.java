package io.larder;

/** How a cache goes over to another backend, see {@link Larder#switchBackend}. */
public enum Handover {
    /** The new backend is used from the next call on, and is empty then. */
    COLD,
    /** The entries are copied first, with ttl and tags, while the old backend answers; then the new one is used. */
    COPY,
    /**
     * The old backend answers, and every change goes to both, until a second call with the same URL: {@link #COLD} to use the new one
     * with what it has by then, {@link #COPY} to copy the rest before.
     */
    DUAL
}
