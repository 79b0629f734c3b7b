/**
 * Where missing values come from: the read-through, the flights that make callers share a load, and sources.
 *
 * <p>Start with {@link io.larder.load.ReadThrough}.
 */
@NullMarked
package io.larder.load;

import org.jspecify.annotations.NullMarked;
