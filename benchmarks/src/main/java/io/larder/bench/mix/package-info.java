/**
 * The mix of python-diskcache's own benchmark, on caches and engines that keep bytes in a folder.
 *
 * <p>{@link io.larder.bench.mix.Mix} is the mix, {@link io.larder.bench.mix.MixRounds} lets the peers take turns.
 */
@NullMarked
package io.larder.bench.mix;

import org.jspecify.annotations.NullMarked;
