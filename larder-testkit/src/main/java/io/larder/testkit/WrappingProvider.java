package io.larder.testkit;

import io.larder.spi.Backend;
import io.larder.spi.BackendContext;
import io.larder.spi.BackendProvider;
import io.larder.spi.Backends;
import io.larder.spi.CacheSpec;
import io.larder.url.CacheUrl;
import io.larder.url.ParameterSet;
import java.util.Set;

/** Opens what another provider opens, each backend inside something of the subclass's. */
abstract class WrappingProvider implements BackendProvider {

    private final BackendProvider below;

    WrappingProvider(BackendProvider below) {
        this.below = below;
    }

    abstract <K, V> Backend<K, V> wrap(Backend<K, V> backend);

    @Override
    public final Set<String> schemes() {
        return below.schemes();
    }

    @Override
    public final ParameterSet parameters() {
        return below.parameters();
    }

    @Override
    public final Backends open(CacheUrl url, BackendContext context) {
        Backends opened = below.open(url, context);
        return opened instanceof Backends.ByReference byReference
                ? new ReferencesKept(byReference)
                : new BytesKept((Backends.OfBytes) opened);
    }

    private final class ReferencesKept implements Backends.ByReference {

        private final Backends.ByReference opened;

        ReferencesKept(Backends.ByReference opened) {
            this.opened = opened;
        }

        @Override
        public <K, V> Backend<K, V> open(CacheSpec<K, V> spec) {
            return wrap(opened.open(spec));
        }

        @Override
        public void close() {
            opened.close();
        }
    }

    private final class BytesKept implements Backends.OfBytes {

        private final Backends.OfBytes opened;

        BytesKept(Backends.OfBytes opened) {
            this.opened = opened;
        }

        @Override
        public Backend<String, byte[]> open(CacheSpec<String, byte[]> spec) {
            return wrap(opened.open(spec));
        }

        @Override
        public void close() {
            opened.close();
        }
    }
}
