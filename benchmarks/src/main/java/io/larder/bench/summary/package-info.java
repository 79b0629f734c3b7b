/**
 * What all suites come to: the goals and whether they are reached, and whether a second run says the same.
 *
 * <p>Made of the raw numbers that each suite leaves, so that suites may be run one at a time. Start at
 * {@link io.larder.bench.summary.Summary}; {@link io.larder.bench.summary.Goals} lists the goals.
 */
@NullMarked
package io.larder.bench.summary;

import org.jspecify.annotations.NullMarked;
