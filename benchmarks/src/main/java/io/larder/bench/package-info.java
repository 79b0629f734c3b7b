/**
 * Larder measured beside its peers; start at {@link io.larder.bench.BenchMain}.
 *
 * <p>{@link io.larder.bench.Peer} lists who takes part, {@link io.larder.bench.MemoryBenchmark} what they do.
 */
@NullMarked
package io.larder.bench;

import org.jspecify.annotations.NullMarked;
