package io.larder.none;

import io.larder.spi.Backend;
import io.larder.spi.BackendContext;
import io.larder.spi.BackendProvider;
import io.larder.spi.Backends;
import io.larder.spi.CacheSpec;
import io.larder.url.CacheUrl;
import io.larder.url.ParameterSet;
import java.util.Set;

/** Opens {@code none:}. */
public final class NoneProvider implements BackendProvider {

    /** Makes one, for the ServiceLoader. */
    public NoneProvider() {}

    @Override
    public Set<String> schemes() {
        return Set.of("none");
    }

    @Override
    public ParameterSet parameters() {
        return ParameterSet.NONE;
    }

    @Override
    public Backends open(CacheUrl url, BackendContext context) {
        return new Backends.ByReference() {
            @Override
            public <K, V> Backend<K, V> open(CacheSpec<K, V> spec) {
                return new NoneBackend<>();
            }

            @Override
            public void close() {
                // Nothing was opened.
            }
        };
    }
}
