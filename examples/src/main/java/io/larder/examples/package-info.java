/**
 * One runnable class per question; the comment of each says what you will see.
 *
 * <p>Start with {@link io.larder.examples.ReadThrough}.
 */
@NullMarked
package io.larder.examples;

import org.jspecify.annotations.NullMarked;
