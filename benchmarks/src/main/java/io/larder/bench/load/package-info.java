/**
 * Callers in a closed loop against a cache on a server: throughput, latencies and processor time.
 *
 * <p>{@link io.larder.bench.load.LoadRounds} lets the contestants take turns; a {@link io.larder.bench.load.WorkerProcess} is one
 * that runs in a JVM of its own, where {@link io.larder.bench.load.Load} makes the calls.
 */
@NullMarked
package io.larder.bench.load;

import org.jspecify.annotations.NullMarked;
