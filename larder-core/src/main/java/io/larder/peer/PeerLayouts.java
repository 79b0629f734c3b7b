package io.larder.peer;

import io.larder.ConfigException;
import io.larder.spi.CacheSpec;
import java.util.HashSet;
import java.util.Set;

/** The layouts of the caches that are open on the servers of one URL, no two of which have the same names. Thread-safe. */
public final class PeerLayouts {

    /** Guarded by {@code this}. */
    private final Set<String> prefixes = new HashSet<>();

    /** Makes it for no caches yet. */
    public PeerLayouts() {}

    /**
     * Returns the layout of {@code system} for another cache.
     *
     * @throws ConfigException when the layout has no place for what {@code spec} says, or the cache would have the keys of another one
     */
    public synchronized PeerLayout of(String system, CacheSpec<String, byte[]> spec) {
        PeerLayout layout = PeerLayout.of(system, spec.scope(), spec.codec());
        if (!prefixes.add(layout.prefix())) {
            throw new ConfigException("Cache '" + spec.scope() + "' would have the keys of another one: '" + system
                    + "' knows no names of caches. Give it a namespace of its own");
        }
        return layout;
    }
}
