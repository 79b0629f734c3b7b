package io.larder.spi;

import io.larder.url.CacheUrl;
import io.larder.url.ParameterSet;
import java.util.Set;

/** Opens backends by URL; found by {@link java.util.ServiceLoader}. Has no state. */
public interface BackendProvider {

    /** Returns the URL schemes that this provider opens, lower case, such as {@code memory}. */
    Set<String> schemes();

    /** Returns every parameter that a URL may carry besides those that all caches share. */
    ParameterSet parameters();

    /**
     * Refuses a URL that {@link #open} would refuse, as far as that can be told without opening anything, so that a configuration can be
     * checked. At first it refuses none.
     */
    default void check(CacheUrl url) {}

    /**
     * Opens what {@code url} names, or fails with a {@link io.larder.ConfigException}; a server that does not answer yet is no
     * reason to fail.
     */
    Backends open(CacheUrl url, BackendContext context);
}
