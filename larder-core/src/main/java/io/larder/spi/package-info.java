/**
 * What a backend implements and what layers are made of.
 *
 * <p>Start with {@link io.larder.spi.Backend}; a backend is found through its {@link io.larder.spi.BackendProvider}.
 */
@NullMarked
package io.larder.spi;

import org.jspecify.annotations.NullMarked;
