package io.larder;

/** Keys that are loaded again and again, see {@link Cache#refreshEvery}. Thread-safe; the {@link Larder} ends it, too. */
public interface RefreshJob extends AutoCloseable {

    /** Returns what became of the keys of all rounds together. */
    WarmReport report();

    /** Begins no more loads; what is being loaded may be stored yet. A second call does nothing. */
    @Override
    void close();
}
