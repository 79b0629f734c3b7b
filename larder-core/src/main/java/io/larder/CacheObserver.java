package io.larder;

/** Is told when loads and calls of backends begin and end, to time or to trace them. Thread-safe; what it throws is dropped. */
@FunctionalInterface
public interface CacheObserver {

    /**
     * Takes note that {@code work} begins and returns what is told how it goes on.
     *
     * <p>Called on the thread that begins it: the caller's where that waits, else one of the {@link Larder}'s executor.
     */
    Observation begin(CacheWork work);
}
