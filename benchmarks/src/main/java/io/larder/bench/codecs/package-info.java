/**
 * The suite {@code codecs}, by JMH, each measurement in a JVM of its own.
 *
 * <p>{@link io.larder.bench.codecs.CodecPeer} lists who takes part, {@link io.larder.bench.codecs.CodecBenchmark} what they do.
 */
@NullMarked
package io.larder.bench.codecs;

import org.jspecify.annotations.NullMarked;
