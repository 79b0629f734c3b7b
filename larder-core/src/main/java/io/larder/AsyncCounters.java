package io.larder;

import java.util.concurrent.CompletableFuture;

/** {@link Counters} whose calls do not wait. Thread-safe. */
public interface AsyncCounters<K> {

    /** As {@link Counters#increment}. */
    default CompletableFuture<Long> increment(K key) {
        return add(key, 1);
    }

    /** As {@link Counters#add(Object, long)}. */
    default CompletableFuture<Long> add(K key, long delta) {
        return add(key, delta, 0, EntryOptions.DEFAULT);
    }

    /** As {@link Counters#add(Object, long, long, EntryOptions)}. */
    CompletableFuture<Long> add(K key, long delta, long initial, EntryOptions options);
}
