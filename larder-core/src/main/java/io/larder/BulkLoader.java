package io.larder;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Fetches the values of many keys at once, for {@link Cache#getAll(java.util.Collection, BulkLoader)}. */
@FunctionalInterface
public interface BulkLoader<K, V> {

    /**
     * Returns what there is of {@code keys}; a key that is left out, or maps to null, has no value. Keys that were not
     * asked for are ignored.
     *
     * @throws PartialLoadException if some keys could not be loaded, with what was loaded of the others; any other exception is the failure
     *     of all
     */
    Map<K, ? extends @Nullable V> loadAll(Set<K> keys) throws Exception;
}
