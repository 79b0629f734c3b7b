package io.larder;

import io.larder.load.LoadRules;
import io.larder.spi.CacheScope;
import io.larder.spi.Codec;
import io.larder.spi.KeyCodec;
import io.larder.spi.Weigher;
import io.larder.url.CodecChain;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All settings of one cache. Immutable; two caches with equal settings are the same cache. */
record CacheSettings<K, V>(
        CacheScope scope,
        Class<K> keyType,
        TypeRef<V> valueType,
        EntryOptions defaults,
        LoadRules loading,
        KeyCodec<K> keyCodec,
        @Nullable Codec<V, byte[]> codec,
        @Nullable CodecChain chain,
        @Nullable Weigher<K, V> weigher,
        @Nullable Duration timeout,
        OnError onError,
        boolean enabled,
        int retries,
        List<CacheListener> listeners) {}
