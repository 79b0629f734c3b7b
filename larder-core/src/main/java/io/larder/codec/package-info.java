/**
 * Keys as strings and values as bytes, as far as that needs no library.
 *
 * <p>Start with {@link io.larder.codec.KeyCodecs}; {@code io.larder.layer.CodecBackend} puts codecs to use.
 */
@NullMarked
package io.larder.codec;

import org.jspecify.annotations.NullMarked;
