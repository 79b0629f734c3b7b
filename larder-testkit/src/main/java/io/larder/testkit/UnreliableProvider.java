package io.larder.testkit;

import io.larder.spi.Backend;
import io.larder.spi.BackendProvider;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Opens what another provider opens, each backend inside fakes that fail and stall when a test says so. Confined to one thread. */
final class UnreliableProvider extends WrappingProvider {

    private boolean startsDown;
    private @Nullable FlakyBackend<?, ?> flaky;
    private @Nullable StalledBackend<?, ?> stalled;

    UnreliableProvider(BackendProvider below) {
        super(below);
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
    <K, V> Backend<K, V> wrap(Backend<K, V> backend) {
        StalledBackend<K, V> stalling = new StalledBackend<>(backend);
        FlakyBackend<K, V> failing = new FlakyBackend<>(stalling);
        if (startsDown) {
            failing.down();
        }
        stalled = stalling;
        flaky = failing;
        return failing;
    }
}
