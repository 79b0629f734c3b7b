/**
 * Programs, a network and a server that are simulated on one thread, so that a schedule of faults is repeated by its seed.
 *
 * <p>Start with {@link io.larder.testkit.faults.FaultTrial}.
 */
@NullMarked
package io.larder.testkit.faults;

import org.jspecify.annotations.NullMarked;
