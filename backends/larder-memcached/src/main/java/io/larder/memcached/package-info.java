/**
 * Entries on memcached, 1.6 and later.
 *
 * <p>Start at {@link io.larder.memcached.MemcachedProvider}, which opens the URLs, and {@link io.larder.memcached.MemcachedConfig}, what
 * they may say. docs/adr/0012 tells how entries, tags and leases lie on the servers.
 */
@NullMarked
package io.larder.memcached;

import org.jspecify.annotations.NullMarked;
