/**
 * A backend in front of another: copies of its entries nearer to the callers, given up when the entry changes.
 *
 * <p>Start with {@link io.larder.tier.TieredBackend}.
 */
@NullMarked
package io.larder.tier;

import org.jspecify.annotations.NullMarked;
