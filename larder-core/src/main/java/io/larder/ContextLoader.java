package io.larder;

import org.jspecify.annotations.Nullable;

/** Fetches the value of one key and chooses how it is kept; otherwise as {@link Loader}. */
@FunctionalInterface
public interface ContextLoader<K, V> {

    /** Returns the value of {@code key}, or null when there is none, which is kept for the {@code missTtl} of the context's options. */
    @Nullable
    V load(K key, LoadContext<V> context) throws Exception;
}
