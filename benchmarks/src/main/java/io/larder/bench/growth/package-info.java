/**
 * The suite {@code growth}: what a call and an entry cost as a cache grows.
 *
 * <p>{@link io.larder.bench.growth.Curve} lists what is measured, {@link io.larder.bench.growth.GrowthWorker} does it.
 */
@NullMarked
package io.larder.bench.growth;

import org.jspecify.annotations.NullMarked;
