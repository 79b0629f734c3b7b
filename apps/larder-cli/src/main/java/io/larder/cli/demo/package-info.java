/**
 * What {@code larder demo} shows: a cache in front of a real database, with measured times.
 *
 * <p>Start with {@link io.larder.cli.demo.Demo}.
 */
@NullMarked
package io.larder.cli.demo;

import org.jspecify.annotations.NullMarked;
