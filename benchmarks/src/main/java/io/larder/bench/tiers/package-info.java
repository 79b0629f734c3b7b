/**
 * A near tier in memory before Redis, beside peers that have one: what a hit costs, what two processes do to each other, and which
 * reads are stale.
 *
 * <p>Start at {@link io.larder.bench.tiers.TiersSuite}.
 */
@NullMarked
package io.larder.bench.tiers;

import org.jspecify.annotations.NullMarked;
