package io.larder;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Fetches the value of one key without blocking; otherwise as {@link Loader}. */
@FunctionalInterface
public interface AsyncLoader<K, V> {

    /** Starts to fetch {@code key}; the stage completes with the value, with null when there is none, or with the failure. */
    CompletionStage<? extends @Nullable V> load(K key);
}
