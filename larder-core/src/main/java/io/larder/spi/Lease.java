package io.larder.spi;

import org.jspecify.annotations.Nullable;

/**
 * The right to store what a load brings, lost as soon as the key is written, removed or invalidated.
 *
 * <p>Immutable. The idea is memcached's (Nishtala et al., "Scaling Memcache at Facebook", NSDI 2013), with the invalidation
 * count added so that it also fences tags that are known only after the load.
 *
 * @param token names the load that holds the lease: the caller's own token when it was granted, else another's
 * @param epoch how many tag invalidations the namespace had seen when the lease was granted
 */
public record Lease<V extends @Nullable Object>(String token, long epoch) implements Lookup<V> {}
