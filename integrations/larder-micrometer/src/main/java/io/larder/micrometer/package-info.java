/**
 * Meters of caches, for Micrometer: start at {@link io.larder.micrometer.LarderMetrics}, which polls the counts of every cache; {@link
 * io.larder.micrometer.LarderTimers} times loads and calls of backends as they happen.
 */
@NullMarked
package io.larder.micrometer;

import org.jspecify.annotations.NullMarked;
