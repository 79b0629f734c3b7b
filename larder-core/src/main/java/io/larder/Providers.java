package io.larder;

import io.larder.codec.BytesCodec;
import io.larder.codec.StringCodec;
import io.larder.spi.BackendProvider;
import io.larder.spi.Codec;
import io.larder.spi.CodecProvider;
import io.larder.url.CacheUrl;
import io.larder.url.Nearest;
import io.larder.url.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds backends and codecs on the class path, and says which artifact to add for one that is not there. */
final class Providers {

    private static final Map<String, String> ARTIFACTS = Map.ofEntries(
            Map.entry("disk", "larder-disk"),
            Map.entry("memcached", "larder-memcached"),
            Map.entry("memcacheds", "larder-memcached"),
            Map.entry("memcached+unix", "larder-memcached"),
            Map.entry("memory", "larder-memory"),
            Map.entry("redis", "larder-redis"),
            Map.entry("rediss", "larder-redis"),
            Map.entry("redis+unix", "larder-redis"),
            Map.entry("redis+replicas", "larder-redis"),
            Map.entry("redis+sentinel", "larder-redis"),
            Map.entry("redis+cluster", "larder-redis"),
            Map.entry("json", "larder-jackson"));

    private Providers() {}

    /** Returns {@code given}, which somebody may have brought, if it knows the scheme of {@code url}, else the one that is found by it. */
    static BackendProvider backend(CacheUrl url, @Nullable BackendProvider given) {
        return given != null && given.schemes().contains(url.scheme()) ? given : backend(url);
    }

    private static BackendProvider backend(CacheUrl url) {
        Map<String, BackendProvider> byScheme = new TreeMap<>();
        for (BackendProvider provider : ServiceLoader.load(BackendProvider.class, Providers.class.getClassLoader())) {
            provider.schemes().forEach(scheme -> byScheme.put(scheme, provider));
        }
        BackendProvider provider = byScheme.get(url.scheme());
        if (provider == null) {
            throw new ConfigException("No backend for scheme '" + url.scheme() + "' of '" + url + "'."
                    + whatToDo(url.scheme(), new ArrayList<>(byScheme.keySet())));
        }
        return provider;
    }

    /** Returns the name of the codec that {@link #codec} finds; bytes are written by {@code bytes}, whatever the URL says. */
    static String codecName(String name, TypeRef<?> type) {
        return type.type() == byte[].class ? "bytes" : name;
    }

    @SuppressWarnings("unchecked")
    static <V> Codec<V, byte[]> codec(String name, TypeRef<V> type) {
        // Built in, because raw bytes and strings need no library, and wrapping them would only cost.
        if (name.equals("bytes")) {
            return (Codec<V, byte[]>) requireType(name, type, byte[].class, new BytesCodec());
        }
        if (name.equals("string")) {
            return (Codec<V, byte[]>) requireType(name, type, String.class, new StringCodec());
        }
        List<String> known = new ArrayList<>(List.of("bytes", "string"));
        for (CodecProvider provider : ServiceLoader.load(CodecProvider.class, Providers.class.getClassLoader())) {
            if (provider.name().equals(name)) {
                return provider.open(type, Parameters.NONE);
            }
            known.add(provider.name());
        }
        throw new ConfigException("No codec '" + name + "'." + whatToDo(name, known));
    }

    private static Codec<?, byte[]> requireType(
            String name, TypeRef<?> type, Class<?> expected, Codec<?, byte[]> codec) {
        if (type.type() != expected) {
            throw new ConfigException("Codec '" + name + "' writes " + expected.getSimpleName()
                    + ", but the cache's values are of type " + type + ". Leave 'codec' out, or choose another");
        }
        return codec;
    }

    private static String whatToDo(String name, List<String> known) {
        String artifact = ARTIFACTS.get(name);
        return artifact == null
                ? Nearest.hint(name, known)
                : " On the class path: " + String.join(", ", known) + ". Add io.larder:" + artifact + ".";
    }
}
