/**
 * Values as JSON.
 *
 * <p>Found by its name, {@code json}; start with {@link io.larder.jackson.JacksonCodec} to lend a mapper of your own.
 */
@NullMarked
package io.larder.jackson;

import org.jspecify.annotations.NullMarked;
