package io.larder.spi;

import io.larder.codec.KeyCodecs;
import org.jspecify.annotations.Nullable;

/**
 * What a backend is told about the cache that it is opened for.
 *
 * @param keys writes a key as the string that patterns are matched against
 * @param codec the name of the codec that writes the values, for {@link io.larder.codec.Frame}; empty for a codec that has no name, and
 *     where no bytes are kept
 * @param weigher measures entries for a bound in bytes, or null when the caller gave none
 */
public record CacheSpec<K, V>(
        CacheScope scope,
        KeyCodec<K> keys,
        String codec,
        @Nullable Weigher<K, V> weigher) {

    /** Returns what a backend of bytes is told, whose keys are strings already and whose values measure themselves. */
    public static CacheSpec<String, byte[]> ofBytes(CacheScope scope, String codec) {
        return new CacheSpec<>(scope, KeyCodecs.of(String.class), codec, null);
    }
}
