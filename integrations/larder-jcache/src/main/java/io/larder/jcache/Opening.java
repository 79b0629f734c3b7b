package io.larder.jcache;

import io.larder.CacheBuilder;
import io.larder.ConfigException;
import io.larder.Larder;
import io.larder.TypeRef;
import io.larder.codec.KeyCodecs;
import io.larder.spi.Codec;
import io.larder.spi.KeyCodec;
import io.larder.url.CacheUrl;
import io.larder.url.TieredUrl;
import java.util.Set;
import java.util.concurrent.Executor;
import javax.cache.configuration.CompleteConfiguration;

/**
 * The Larder cache behind one of JCache.
 *
 * @param larder of this cache alone, for that is what can be closed
 * @param copies how values are held in {@code cache}
 */
record Opening<K>(Larder larder, io.larder.Cache<K, Object> cache, Copies copies) {

    /** The schemes whose caches keep objects, of any type, unless the URL asks for bytes. */
    private static final Set<String> ON_HEAP = Set.of("memory", "none");

    static <K, V> Opening<K> of(
            String url, String name, CompleteConfiguration<K, V> configuration, ClassLoader classes, Executor workers) {
        TieredUrl tiers = TieredUrl.parse(url);
        boolean onHeap = tiers.tiers().stream().allMatch(Opening::isOnHeap);
        if (!onHeap && !configuration.isStoreByValue()) {
            throw new UnsupportedOperationException("Cache '" + name + "' cannot share objects with callers on " + tiers
                    + ", which keeps bytes. Use setStoreByValue(true), or 'memory:'");
        }
        Larder larder = Larder.builder(url).executor(workers).build();
        try {
            return onHeap
                    ? onHeap(larder, name, configuration, classes)
                    : new Opening<>(larder, inBytes(larder, name, configuration), Copies.NONE);
        } catch (RuntimeException e) {
            larder.close();
            throw e;
        }
    }

    private static boolean isOnHeap(CacheUrl url) {
        return ON_HEAP.contains(url.scheme())
                && !"codec".equals(url.parameters().text("copy"));
    }

    @SuppressWarnings("unchecked") // On the heap a cache takes keys of any type.
    private static <K> Opening<K> onHeap(
            Larder larder, String name, CompleteConfiguration<K, ?> configuration, ClassLoader classes) {
        io.larder.Cache<Object, Object> cache = larder.cache(name, Object.class, Object.class)
                .keyCodec(new HeapKeys())
                .build();
        Copies copies = configuration.isStoreByValue() ? new SerialCopies(classes) : Copies.NONE;
        return new Opening<>(larder, (io.larder.Cache<K, Object>) (io.larder.Cache<?, Object>) cache, copies);
    }

    @SuppressWarnings("unchecked") // JCache lets only keys and values of these types in.
    private static <K, V> io.larder.Cache<K, Object> inBytes(
            Larder larder, String name, CompleteConfiguration<K, V> configuration) {
        LarderConfiguration<K, V> more = configuration instanceof LarderConfiguration<K, V> given ? given : null;
        TypeRef<V> valueType = more == null ? null : more.valueRef();
        KeyCodec<K> keyCodec = more == null ? null : more.keyCodec();
        Codec<V, byte[]> codec = more == null ? null : more.codec();
        CacheBuilder<K, V> builder = larder.cache(
                        name,
                        configuration.getKeyType(),
                        valueType == null ? TypeRef.of(configuration.getValueType()) : valueType)
                .keyCodec(keyCodec == null ? keyCodec(name, configuration.getKeyType()) : keyCodec);
        if (codec != null) {
            builder.codec(codec);
        }
        return (io.larder.Cache<K, Object>) builder.build();
    }

    @SuppressWarnings("unchecked") // Keys of any type are what it takes.
    private static <K> KeyCodec<K> keyCodec(String name, Class<K> type) {
        if (type == Object.class) {
            return (KeyCodec<K>) new AnyKeys();
        }
        try {
            return KeyCodecs.of(type);
        } catch (ConfigException e) {
            throw new ConfigException(
                    "Cannot write keys of type " + type.getName() + " of cache '" + name
                            + "'. Configure it with a LarderConfiguration that has a key codec",
                    e);
        }
    }
}
