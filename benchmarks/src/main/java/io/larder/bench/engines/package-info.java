/**
 * The suite {@code engines}: embedded engines that a cache on disk could be built on, with nothing around them.
 *
 * <p>{@link io.larder.bench.engines.EnginePeer} lists who takes part, with its durable and its relaxed setting; {@link
 * io.larder.bench.engines.Trials} tells who may be killed, and who works for several processes.
 */
@NullMarked
package io.larder.bench.engines;

import org.jspecify.annotations.NullMarked;
