package io.larder;

/** Is told what a cache does not throw. Thread-safe; called on the thread where it happened, so it must be quick. */
@FunctionalInterface
public interface CacheListener {

    /** Takes note of {@code event}; what this throws is dropped. */
    void on(CacheEvent event);
}
