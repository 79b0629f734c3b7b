/**
 * What it takes to break servers on purpose and count what is lost: threads that hold a cache to what it told them, and tables of what they
 * found.
 *
 * <p>Start with {@link io.larder.testkit.trials.Traffic}; for calls that have to end in time, with
 * {@link io.larder.testkit.trials.EveryCall}.
 */
@NullMarked
package io.larder.testkit.trials;

import org.jspecify.annotations.NullMarked;
