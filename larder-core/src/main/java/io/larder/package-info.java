/**
 * What an application uses: open a {@link io.larder.Larder}, build a {@link io.larder.Cache}, read and write.
 *
 * <p>Start with {@link io.larder.Larder#open(String)}.
 */
@NullMarked
package io.larder;

import org.jspecify.annotations.NullMarked;
