/**
 * The {@code none:} backend, which keeps nothing: a cache's off switch.
 *
 * <p>Start with {@link io.larder.none.NoneBackend}.
 */
@NullMarked
package io.larder.none;

import org.jspecify.annotations.NullMarked;
