/**
 * Processes that do what they are told, a line for each order and a line for each answer.
 *
 * <p>Start at {@link io.larder.bench.worker.LineProcess}; {@link io.larder.bench.worker.Orders} is the other side of it.
 */
@NullMarked
package io.larder.bench.worker;

import org.jspecify.annotations.NullMarked;
