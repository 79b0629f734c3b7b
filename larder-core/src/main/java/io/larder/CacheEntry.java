package io.larder;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An entry as it was when it was read. Immutable, as far as the value is.
 *
 * @param value the value, or null when what is cached is that there is no such thing
 * @param remaining how long the value may still be served by this machine's clock: zero when it is stale, {@link EntryOptions#NEVER}
 *     when it does not expire
 * @param age how long ago the entry was stored
 * @param tags the tags it carries
 * @param stale whether its ttl has passed and it is only kept because of {@link EntryOptions#staleFor(Duration)}
 */
public record CacheEntry<K, V>(
        K key, @Nullable V value, Duration remaining, Duration age, Set<String> tags, boolean stale) {

    /** Returns whether what is cached is that there is no such thing. */
    public boolean isNothing() {
        return value == null;
    }
}
