package io.larder;

import org.jspecify.annotations.Nullable;

/**
 * What a {@link ContextLoader} is shown of the entry that it replaces, and what it says about the one that it makes.
 *
 * <p>Made for one load, and of no effect after that. Confined to that load.
 */
public interface LoadContext<V> {

    /** Returns the entry that is there, stale by now, or null when there is none. */
    @Nullable
    CacheEntry<?, V> previous();

    /** Returns how the loaded value is going to be kept: the options of the call, completed by those of the cache. */
    EntryOptions options();

    /** Sets how the loaded value is kept; what is unset stays as it was, tags are added. */
    void options(EntryOptions options);

    /** Says that the callers get the loaded value, and nobody else: it is not stored, and {@link #previous} goes. */
    void doNotStore();

    /**
     * Says that the {@link #previous} value still holds, and returns it, for the loader to return. It gets new deadlines, and keeps its
     * tags.
     *
     * @throws IllegalStateException when there is no previous entry
     */
    @Nullable
    V notModified();
}
