package io.larder.annotations;

import io.larder.Cache;
import java.util.concurrent.CompletableFuture;

/**
 * Entries of a cache to be removed. Immutable; two that are equal do the same.
 *
 * @param what a tag, a glob or a key
 */
public record Change(Cache<String, ?> cache, Kind kind, String what) {

    /** How a change says what goes. */
    public enum Kind {
        /** The entries with a tag. */
        TAG,
        /** The entries whose keys match a glob. */
        MATCH,
        /** The entry of a key. */
        KEY,
        /** All. */
        ALL
    }

    /** Removes the entries. */
    public void make() {
        switch (kind) {
            case TAG -> cache.invalidateTag(what);
            case MATCH -> cache.removeMatching(what);
            case KEY -> cache.remove(what);
            case ALL -> cache.clear();
        }
    }

    /** Removes the entries without waiting. */
    public CompletableFuture<?> start() {
        return switch (kind) {
            case TAG -> cache.async().invalidateTag(what);
            case MATCH -> cache.async().removeMatching(what);
            case KEY -> cache.async().remove(what);
            case ALL -> cache.async().clear();
        };
    }
}
