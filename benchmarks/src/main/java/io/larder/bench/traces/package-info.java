/**
 * How often bounded caches have what they are asked for, by traces that are hard on their eviction. No clock is involved.
 *
 * <p>Start at {@link io.larder.bench.traces.TracesSuite}.
 */
@NullMarked
package io.larder.bench.traces;

import org.jspecify.annotations.NullMarked;
