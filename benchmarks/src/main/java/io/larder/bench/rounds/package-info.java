/**
 * Measuring in rounds: whose turn it is, what was measured, and what the rounds come to.
 *
 * <p>Start at {@link io.larder.bench.rounds.Results}.
 */
@NullMarked
package io.larder.bench.rounds;

import org.jspecify.annotations.NullMarked;
