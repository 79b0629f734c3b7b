/**
 * Methods whose results are cached: annotations, and calls that obey them.
 *
 * <p>Start with {@link io.larder.annotations.CachedCalls}; a framework asks it for a {@link io.larder.annotations.CallPlan} of each method.
 */
@NullMarked
package io.larder.annotations;

import org.jspecify.annotations.NullMarked;
