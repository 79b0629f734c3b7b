/**
 * The suite {@code redis}: all peers on one server that the suite starts.
 *
 * <p>{@link io.larder.bench.redis.RedisPeer} lists who takes part.
 */
@NullMarked
package io.larder.bench.redis;

import org.jspecify.annotations.NullMarked;
