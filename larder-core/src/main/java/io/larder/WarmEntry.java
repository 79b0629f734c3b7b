package io.larder;

import org.jspecify.annotations.Nullable;

/**
 * An entry for {@link Cache#warm(java.util.stream.Stream, WarmOptions)}. Immutable, as far as the value is.
 *
 * @param value null for "no such thing"
 * @param options how this entry is kept; what is unset comes from {@link WarmOptions#entries}, then from the cache
 */
public record WarmEntry<K, V>(K key, @Nullable V value, EntryOptions options) {

    /** Makes one that is kept as all others. */
    public WarmEntry(K key, @Nullable V value) {
        this(key, value, EntryOptions.DEFAULT);
    }
}
