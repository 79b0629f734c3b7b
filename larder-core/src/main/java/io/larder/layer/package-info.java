/**
 * Rules about storing, each one a backend around a backend.
 *
 * <p>Start with {@link io.larder.layer.ForwardingBackend}; the order in which a cache puts them on is in docs/ARCHITECTURE.md.
 */
@NullMarked
package io.larder.layer;

import org.jspecify.annotations.NullMarked;
