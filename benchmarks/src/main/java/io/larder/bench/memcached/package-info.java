/**
 * The suite {@code memcached}: all peers on one server that the suite starts.
 *
 * <p>{@link io.larder.bench.memcached.MemcachedPeer} lists who takes part.
 */
@NullMarked
package io.larder.bench.memcached;

import org.jspecify.annotations.NullMarked;
