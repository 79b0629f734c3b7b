/**
 * Entries on Redis and its relatives: standalone, replicas, Sentinel, Cluster.
 *
 * <p>Start with {@link io.larder.redis.RedisProvider}; the way to the servers is {@code Connections}, what is stored there is the
 * business of {@code RedisBackend}.
 */
@NullMarked
package io.larder.redis;

import org.jspecify.annotations.NullMarked;
