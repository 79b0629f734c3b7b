package io.larder.memory;

import io.larder.ConfigException;
import io.larder.codec.DecimalCodec;
import io.larder.spi.Backend;
import io.larder.spi.BackendContext;
import io.larder.spi.BackendProvider;
import io.larder.spi.Backends;
import io.larder.spi.CacheSpec;
import io.larder.spi.Weigher;
import io.larder.url.CacheUrl;
import io.larder.url.ParameterSet;
import java.util.Set;

/**
 * Opens {@code memory:}; every cache gets a store of its own, and the bound holds for each. Immutable.
 */
public final class MemoryProvider implements BackendProvider {

    private final MemoryConfig standard;

    /** Makes one for URLs alone; the ServiceLoader calls this. */
    public MemoryProvider() {
        this(MemoryConfig.STANDARD);
    }

    /** Makes one with settings for what a URL leaves out, to be given to {@link io.larder.LarderBuilder#provider}. */
    public MemoryProvider(MemoryConfig standard) {
        this.standard = standard;
    }

    @Override
    public Set<String> schemes() {
        return Set.of("memory");
    }

    @Override
    public ParameterSet parameters() {
        return MemoryConfig.PARAMETERS;
    }

    @Override
    public void check(CacheUrl url) {
        var unused = standard.with(url);
    }

    @Override
    public Backends open(CacheUrl url, BackendContext context) {
        MemoryConfig config = standard.with(url);
        return config.copy() == MemoryConfig.Copy.CODEC
                ? new Copies(url, config, context)
                : new References(url, config, context);
    }

    private record References(CacheUrl url, MemoryConfig config, BackendContext context)
            implements Backends.ByReference {

        @Override
        public <K, V> Backend<K, V> open(CacheSpec<K, V> spec) {
            if (config.max() == 0 && spec.weigher() == null) {
                throw new ConfigException(
                        "Cache '" + spec.scope() + "' on '" + url
                                + "' keeps objects, whose bytes only you can tell. Call 'weigher(…)' on its builder, add 'copy=codec' to keep bytes, or bound it with 'max'");
            }
            return new MemoryBackend<>(url, config, spec, new ReferenceIntegers<>(), context);
        }

        @Override
        public void close() {
            // Each cache closes its own store.
        }
    }

    private record Copies(CacheUrl url, MemoryConfig config, BackendContext context) implements Backends.OfBytes {

        /** What the store takes for an entry beside key and value, by the measurement in docs/guide/memory-bounds.md. */
        private static final int ENTRY_OVERHEAD_BYTES = 270;

        @Override
        public Backend<String, byte[]> open(CacheSpec<String, byte[]> spec) {
            Weigher<String, byte[]> weigher =
                    (key, value) -> key.length() + (value == null ? 0 : value.length) + ENTRY_OVERHEAD_BYTES;
            CacheSpec<String, byte[]> measured = new CacheSpec<>(spec.scope(), spec.keys(), spec.codec(), weigher);
            return new MemoryBackend<>(url, config, measured, new DecimalCodec(), context);
        }

        @Override
        public void close() {
            // Each cache closes its own store.
        }
    }
}
