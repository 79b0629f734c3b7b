/**
 * Keys as strings, values as bytes and stages behind them, as far as that needs no library, and whole entries as bytes.
 *
 * <p>Start with {@link io.larder.codec.KeyCodecs} for a cache, with {@link io.larder.codec.Frame} for a backend; {@code
 * io.larder.layer.CodecBackend} puts codecs to use.
 */
@NullMarked
package io.larder.codec;

import org.jspecify.annotations.NullMarked;
