package io.larder;

import io.larder.load.LoadRules;
import io.larder.spi.CacheScope;
import io.larder.spi.Codec;
import io.larder.spi.KeyCodec;
import io.larder.spi.Weigher;
import io.larder.url.CacheUrl;
import io.larder.url.CodecChain;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All settings of one cache. Immutable; two caches with equal settings are the same cache.
 *
 * @param urlCodec writes values where bytes are kept, if the builder was not given another
 * @param codec the builder's, or null
 * @param chain the builder's, or null
 */
record CacheSettings<K, V>(
        CacheScope scope,
        Class<K> keyType,
        TypeRef<V> valueType,
        EntryOptions defaults,
        LoadRules loading,
        CodecChain urlCodec,
        KeyCodec<K> keyCodec,
        @Nullable Codec<V, byte[]> codec,
        @Nullable CodecChain chain,
        @Nullable Weigher<K, V> weigher,
        @Nullable Duration timeout,
        OnError onError,
        boolean enabled,
        int retries,
        List<CacheListener> listeners) {

    /** Returns how values are written where bytes are kept, unless there is a {@link #codec}. */
    CodecChain written() {
        return chain == null ? urlCodec : chain;
    }

    /** Returns these settings with the codec and the timeout of {@code url}, as far as it has some. */
    CacheSettings<K, V> at(CacheUrl url) {
        CacheDefaults given = CacheDefaults.of(url);
        return new CacheSettings<>(
                scope,
                keyType,
                valueType,
                defaults,
                loading,
                url.parameters().text("codec") == null ? urlCodec : given.codec(),
                keyCodec,
                codec,
                chain,
                weigher,
                given.timeout() == null ? timeout : given.timeout(),
                onError,
                enabled,
                retries,
                listeners);
    }
}
