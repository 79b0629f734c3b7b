package io.larder.memory;

import io.larder.layer.RoutingBackend;
import io.larder.spi.Backend;
import io.larder.spi.BackendContext;
import io.larder.spi.BackendProvider;
import io.larder.spi.Backends;
import io.larder.spi.CacheSpec;
import io.larder.testkit.CacheContract;
import io.larder.url.CacheUrl;
import io.larder.url.ParameterSet;
import java.util.Map;
import java.util.Set;

/** Every promise of a cache whose keys go to two memory backends. */
class RoutedMemoryCacheTest extends CacheContract {

    @Override
    protected String url() {
        return "memory:?max=1M";
    }

    @Override
    protected BackendProvider provider() {
        return new Routed(new MemoryProvider());
    }

    @Override
    protected int historyCalls() {
        return 50_000;
    }

    @Override
    protected int matrixTries() {
        return 20;
    }

    private record Routed(BackendProvider below) implements BackendProvider {

        @Override
        public Set<String> schemes() {
            return below.schemes();
        }

        @Override
        public ParameterSet parameters() {
            return below.parameters();
        }

        @Override
        public Backends open(CacheUrl url, BackendContext context) {
            Backends.ByReference rest = (Backends.ByReference) below.open(url, context);
            Backends.ByReference routed = (Backends.ByReference) below.open(url, context);
            return new Backends.ByReference() {
                @Override
                public <K, V> Backend<K, V> open(CacheSpec<K, V> spec) {
                    Backend<K, V> other = routed.open(spec);
                    return new RoutingBackend<>(
                            spec.keys(),
                            rest.open(spec),
                            Map.of("a", other, "key-0", other, "user:", other, "1", other));
                }

                @Override
                public void close() {
                    rest.close();
                    routed.close();
                }
            };
        }
    }
}
