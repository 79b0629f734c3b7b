package io.larder.layer;

/** Is told about reads that were answered as misses because something is wrong. Thread-safe; nothing it does may fail. */
public interface ReadEvents {

    /** The backend failed a read of {@code key}, or of a collection of keys. */
    void readFailed(Object key, RuntimeException cause);

    /** What is stored under {@code key} could not be decoded. */
    void undecodable(Object key, RuntimeException cause);
}
