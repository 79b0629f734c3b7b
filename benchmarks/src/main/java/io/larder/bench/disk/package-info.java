/**
 * The suite {@code disk}: caches that keep their entries on a disk.
 *
 * <p>{@link io.larder.bench.disk.DiskPeer} lists who takes part.
 */
@NullMarked
package io.larder.bench.disk;

import org.jspecify.annotations.NullMarked;
