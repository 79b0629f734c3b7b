/**
 * An asynchronous client of memcached's meta protocol, 1.6.10 and later.
 *
 * <p>Start at {@link io.larder.memcached.client.MemcachedServer}, one server and its connection, and
 * {@link io.larder.memcached.client.MetaRequest}, what it is asked. {@link io.larder.memcached.client.Placement} chooses among servers.
 */
@NullMarked
package io.larder.memcached.client;

import org.jspecify.annotations.NullMarked;
