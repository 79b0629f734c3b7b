package io.larder;

import io.larder.spi.Backend;
import io.larder.spi.BackendInfo;
import io.larder.spi.Capability;
import io.larder.spi.Entry;
import io.larder.spi.Lifetime;
import io.larder.spi.PutMode;
import io.larder.spi.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One look at a backend: a ping, and an entry that is put, read and removed. Confined to one thread. */
final class HealthCheck {

    /** How long the entry stays if it cannot be removed. */
    private static final long TTL_MILLIS = 10_000;

    private final Backend<String, byte[]> backend;
    private final String address;
    private final Supplier<BackendInfo> known;
    private final Health.Status worst;
    private final Clock clock;
    private final List<String> problems = new ArrayList<>();
    private Health.Status status = Health.Status.UP;

    /**
     * Makes one.
     *
     * @param known tells what is known without a look
     * @param worst what it means when the backend does not work
     */
    HealthCheck(
            Backend<String, byte[]> backend,
            String address,
            Supplier<BackendInfo> known,
            Health.Status worst,
            Clock clock) {
        this.backend = backend;
        this.address = address;
        this.known = known;
        this.worst = worst;
        this.clock = clock;
    }

    BackendHealth run() {
        Duration ping = timed("answer a ping", () -> backend.ping().join(), this::ofSilence);
        boolean stores = backend.capabilities().contains(Capability.STORAGE);
        Duration roundTrip =
                ping != null && stores ? timed("put, get and remove an entry", this::roundTrip, () -> worst) : null;
        BackendInfo info = ping == null ? BackendInfo.of(address) : info();
        return new BackendHealth(
                new Health(status, problems),
                ping,
                roundTrip,
                info.with(known.get().details()));
    }

    /** Returns what it means that not all servers answer. */
    private Health.Status ofSilence() {
        Reply<@Nullable Void> any = backend.pingAny();
        if (any == null) {
            return worst;
        }
        try {
            any.join();
            return Health.Status.DEGRADED;
        } catch (BackendException noneAnswers) {
            return worst;
        }
    }

    private @Nullable Duration timed(String what, Runnable call, Supplier<Health.Status> otherwise) {
        long startNanos = clock.nanos();
        try {
            call.run();
            return Duration.ofNanos(clock.nanos() - startNanos);
        } catch (BackendException failure) {
            found(otherwise.get(), address + " did not " + what + ": " + failure.getMessage());
            return null;
        }
    }

    private void roundTrip() {
        String key = UUID.randomUUID().toString();
        byte[] value = key.getBytes(StandardCharsets.UTF_8);
        long now = clock.millis();
        Lifetime lifetime = new Lifetime(now, now + TTL_MILLIS, now + TTL_MILLIS);
        backend.put(key, new Entry<>(value, lifetime, Set.of()), PutMode.ALWAYS).join();
        Entry<byte[]> found = backend.get(key).join();
        if (found == null || !Arrays.equals(found.value(), value)) {
            found(
                    Health.Status.DEGRADED,
                    address + " does not have an entry that was just put there. Look whether it is full");
        }
        backend.remove(key).join();
    }

    private BackendInfo info() {
        try {
            return backend.info().join();
        } catch (BackendException refused) {
            // A server may keep what it knows from us, and serve us well.
            return BackendInfo.of(address);
        }
    }

    private void found(Health.Status found, String problem) {
        status = Health.worse(status, found);
        problems.add(problem);
    }
}
