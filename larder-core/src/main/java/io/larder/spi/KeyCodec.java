package io.larder.spi;

/**
 * Writes keys as strings and reads them back. Thread-safe.
 *
 * <p>Two keys that are not equal must have different strings; every string that was written must be readable.
 */
public interface KeyCodec<K> {

    /** Returns the key as a string; any string is allowed. */
    String encode(K key);

    /** Returns the key that {@link #encode} wrote, or fails with a {@link io.larder.CodecException}. */
    K decode(String text);
}
