package io.larder;

import io.larder.spi.Backend;
import io.larder.spi.BackendContext;
import io.larder.spi.BackendInfo;
import io.larder.spi.Backends;
import io.larder.spi.CacheScope;
import io.larder.spi.CacheSpec;
import io.larder.url.CacheUrl;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a {@link Larder} keeps for itself at the backends of its caches, in a namespace of its own. Thread-safe. */
final class OwnCaches {

    private static final String NAMESPACE = "larder";

    /** Where the counts of processes are. */
    private static final String STATS = "stats";

    /** Where an entry is put to see whether that works. */
    private static final String HEALTH = "health";

    /** Names this Larder among those on a backend. */
    private final String process =
            ProcessHandle.current().pid() + "-" + UUID.randomUUID().toString().substring(0, 8);

    /** Guarded by {@code this}. */
    private final IdentityHashMap<Backends, Map<String, Backend<String, byte[]>>> opened = new IdentityHashMap<>();

    /** Returns what publishes the counts of caches at {@code place}. */
    StatsPublisher publisher(Place place, BackendContext context) {
        return new StatsPublisher(process, place, at(place, STATS), context);
    }

    /** Returns the cache {@code name} in the last tier of {@code place}, opened once. */
    private Backend<String, byte[]> at(Place place, String name) {
        CacheUrl last = place.url().last();
        return at(place.backends(), name, CacheDefaults.of(last).timeout(), last);
    }

    private synchronized Backend<String, byte[]> at(
            Backends backends, String name, @Nullable Duration timeout, CacheUrl url) {
        CacheSpec<String, byte[]> spec = CacheSpec.ofBytes(new CacheScope(NAMESPACE, name, 1), "bytes");
        return opened.computeIfAbsent(backends, none -> new HashMap<>())
                .computeIfAbsent(name, absent -> Layers.bytes(backends, spec, timeout, url));
    }

    /** Returns a look at each tier of {@code place}, the last one first; {@code known} tells what is known of backends without a look. */
    List<HealthCheck> checks(Place place, Supplier<List<BackendInfo>> known, Clock clock) {
        List<HealthCheck> checks = new ArrayList<>();
        String last = place.url().last().toString();
        Supplier<BackendInfo> ofLast = () -> known.get().stream()
                .filter(info -> info.address().equals(last))
                .findFirst()
                .orElse(BackendInfo.of(last));
        checks.add(new HealthCheck(at(place, HEALTH), last, ofLast, Health.Status.DOWN, clock));
        for (NearTier tier : place.nearer()) {
            Backend<String, byte[]> own = at(tier.backends(), HEALTH, tier.timeout(), tier.url());
            String address = tier.url().toString();
            checks.add(new HealthCheck(own, address, () -> BackendInfo.of(address), Health.Status.DEGRADED, clock));
        }
        return checks;
    }

    /** Closes what is at {@code place}, which is about to be closed itself. */
    synchronized void leave(Place place) {
        closeAt(place.backends());
        place.nearer().forEach(tier -> closeAt(tier.backends()));
    }

    private void closeAt(Backends backends) {
        Map<String, Backend<String, byte[]>> own = opened.remove(backends);
        if (own != null) {
            own.values().forEach(Backend::close);
        }
    }

    synchronized void close() {
        List<Runnable> closers = new ArrayList<>();
        opened.values().forEach(each -> each.values().forEach(backend -> closers.add(backend::close)));
        Larder.closeAll(closers);
    }
}
