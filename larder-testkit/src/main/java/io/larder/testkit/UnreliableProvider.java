package io.larder.testkit;

import io.larder.spi.Backend;
import io.larder.spi.BackendContext;
import io.larder.spi.BackendProvider;
import io.larder.spi.Backends;
import io.larder.spi.CacheSpec;
import io.larder.url.CacheUrl;
import io.larder.url.ParameterSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Opens what another provider opens, each backend inside fakes that fail and stall when a test says so. Confined to one thread. */
final class UnreliableProvider implements BackendProvider {

    private final BackendProvider below;
    private boolean startsDown;
    private @Nullable FlakyBackend<?, ?> flaky;
    private @Nullable StalledBackend<?, ?> stalled;

    UnreliableProvider(BackendProvider below) {
        this.below = below;
    }

    /** Lets the backends that are opened from now on be down from the first. */
    void startDown() {
        startsDown = true;
    }

    /** Returns what makes the calls of the backend fail that was opened last. */
    FlakyBackend<?, ?> flaky() {
        return Objects.requireNonNull(flaky);
    }

    /** Returns what makes the calls of the backend wait that was opened last. */
    StalledBackend<?, ?> stalled() {
        return Objects.requireNonNull(stalled);
    }

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
        Backends opened = below.open(url, context);
        return opened instanceof Backends.ByReference byReference
                ? new ReferencesKept(byReference)
                : new BytesKept((Backends.OfBytes) opened);
    }

    private <K, V> Backend<K, V> unreliable(Backend<K, V> backend) {
        StalledBackend<K, V> stalling = new StalledBackend<>(backend);
        FlakyBackend<K, V> failing = new FlakyBackend<>(stalling);
        if (startsDown) {
            failing.down();
        }
        stalled = stalling;
        flaky = failing;
        return failing;
    }

    private final class ReferencesKept implements Backends.ByReference {

        private final Backends.ByReference opened;

        ReferencesKept(Backends.ByReference opened) {
            this.opened = opened;
        }

        @Override
        public <K, V> Backend<K, V> open(CacheSpec<K, V> spec) {
            return unreliable(opened.open(spec));
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
            return unreliable(opened.open(spec));
        }

        @Override
        public void close() {
            opened.close();
        }
    }
}
