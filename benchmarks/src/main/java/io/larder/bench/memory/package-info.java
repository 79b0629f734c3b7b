/**
 * The suite {@code memory}, by JMH, each measurement in a JVM of its own.
 *
 * <p>{@link io.larder.bench.memory.Peer} lists who takes part, {@link io.larder.bench.memory.MemoryBenchmark} what they do.
 */
@NullMarked
package io.larder.bench.memory;

import org.jspecify.annotations.NullMarked;
