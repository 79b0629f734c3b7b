package io.larder.testkit;

import io.larder.codec.DecimalCodec;
import io.larder.spi.Backend;
import io.larder.spi.BackendContext;
import io.larder.spi.BackendProvider;
import io.larder.spi.Backends;
import io.larder.spi.CacheScope;
import io.larder.spi.CacheSpec;
import io.larder.url.CacheUrl;
import io.larder.url.ParameterSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * Opens a {@link ReferenceBackend} for each cache: {@code Larder.builder("reference:").provider(ReferenceProvider.ofBytes())}.
 *
 * <p>Not found by its scheme, so that no application runs on it by mistake.
 */
public final class ReferenceProvider implements BackendProvider {

    private final Opener opener;

    private interface Opener {
        Backends open(BackendContext context);
    }

    private ReferenceProvider(Opener opener) {
        this.opener = opener;
    }

    /** Returns one whose backends keep the caller's own objects. */
    public static ReferenceProvider byReference() {
        return new ReferenceProvider(ReferencesKept::new);
    }

    /** Returns one whose backends keep bytes. */
    public static ReferenceProvider ofBytes() {
        return ofBytes(UnaryOperator.identity());
    }

    /** Returns one whose backends keep bytes, each inside what {@code layer} puts around it, such as a {@link FlakyBackend}. */
    public static ReferenceProvider ofBytes(UnaryOperator<Backend<String, byte[]>> layer) {
        return new ReferenceProvider(
                context -> new BytesKept(context, layer, below -> below, new ConcurrentHashMap<>()));
    }

    /** Returns one as {@link #ofBytes(UnaryOperator)}, whose Larders use the same entries, as programs on one server do. */
    public static ReferenceProvider shared(UnaryOperator<Backend<String, byte[]>> layer) {
        Map<CacheScope, Backend<String, byte[]>> byScope = new ConcurrentHashMap<>();
        return new ReferenceProvider(context -> new BytesKept(context, layer, below -> below, byScope));
    }

    /** Returns one as {@link #shared}, whose Larders tell each other's near tiers of each change before its call returns. */
    public static ReferenceProvider watched(UnaryOperator<Backend<String, byte[]>> layer) {
        Map<CacheScope, Backend<String, byte[]>> byScope = new ConcurrentHashMap<>();
        return new ReferenceProvider(context -> new BytesKept(context, layer, WatchedBackend::new, byScope));
    }

    @Override
    public Set<String> schemes() {
        return Set.of("reference");
    }

    @Override
    public ParameterSet parameters() {
        return ParameterSet.NONE;
    }

    @Override
    public Backends open(CacheUrl url, BackendContext context) {
        return opener.open(context);
    }

    private record ReferencesKept(BackendContext context) implements Backends.ByReference {

        /** Safe, because only a cache whose values may be {@code Long} counts. */
        @Override
        @SuppressWarnings("unchecked")
        public <K, V> Backend<K, V> open(CacheSpec<K, V> spec) {
            return (Backend<K, V>) new ReferenceBackend<>(context.clock(), spec.keys(), Values.OBJECTS.numbers());
        }

        @Override
        public void close() {
            // Nothing was opened.
        }
    }

    private record BytesKept(
            BackendContext context,
            UnaryOperator<Backend<String, byte[]>> layer,
            UnaryOperator<Backend<String, byte[]>> sharedLayer,
            Map<CacheScope, Backend<String, byte[]>> byScope)
            implements Backends.OfBytes {

        @Override
        public Backend<String, byte[]> open(CacheSpec<String, byte[]> spec) {
            return layer.apply(byScope.computeIfAbsent(
                    spec.scope(),
                    absent -> sharedLayer.apply(
                            new ReferenceBackend<>(context.clock(), spec.keys(), new DecimalCodec()))));
        }

        @Override
        public void close() {
            // Nothing was opened.
        }
    }
}
