package io.larder;

/**
 * Signed 64-bit counters, atomic on every backend. Thread-safe.
 *
 * <p>A counter that is missing starts at {@code initial}, with the ttl and the tags of {@code options}; adding to one that exists leaves both
 * as they are.
 */
public interface Counters<K> {

    /** Adds 1, from 0 with the cache's own settings if the counter is missing, and returns the sum. */
    default long increment(K key) {
        return add(key, 1);
    }

    /** Adds {@code delta}, from 0 with the cache's own settings if the counter is missing, and returns the sum. */
    default long add(K key, long delta) {
        return add(key, delta, 0, EntryOptions.DEFAULT);
    }

    /**
     * Adds {@code delta} to the counter, or to {@code initial} if it is missing, and returns the sum.
     *
     * @throws ArithmeticException when the sum leaves 64 bits; the counter stays as it is
     * @throws BackendException when the entry is not an integer, or the backend fails
     */
    long add(K key, long delta, long initial, EntryOptions options);
}
