package io.larder;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Fetches one key without blocking and chooses how it is kept; otherwise as {@link ContextLoader}. */
@FunctionalInterface
public interface AsyncContextLoader<K, V> {

    /**
     * Starts to fetch {@code key}; the stage completes with the value, with null when there is none, or with the failure. The context
     * may be used until then.
     */
    CompletionStage<? extends @Nullable V> load(K key, LoadContext<V> context);
}
