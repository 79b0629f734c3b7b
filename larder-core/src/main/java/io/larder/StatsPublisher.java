package io.larder;

import io.larder.spi.Backend;
import io.larder.spi.BackendContext;
import io.larder.spi.Capability;
import io.larder.spi.Entry;
import io.larder.spi.KeyedEntry;
import io.larder.spi.Lifetime;
import io.larder.spi.Pages;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Leaves the counts of this process at the backend, in a cache of its own, and reads those of all processes. Thread-safe.
 *
 * <p>An entry for each cache and process, tagged with the cache's name; it outlives the process by little.
 */
final class StatsPublisher {

    /** How many times in a row a process may be late before it is taken for gone. */
    private static final int PERIODS_KEPT = 3;

    private final String process;
    private final Place place;
    private final Backend<String, byte[]> backend;
    private final BackendContext context;

    /** Makes one for caches at {@code place}, whose counts are kept in {@code backend}; {@code process} tells this Larder from others. */
    StatsPublisher(String process, Place place, Backend<String, byte[]> backend, BackendContext context) {
        this.process = process;
        this.place = place;
        this.backend = backend;
        this.context = context;
    }

    /** Publishes the counts of {@code caches} from now on, until the scheduler ends. */
    void begin(Duration period, Supplier<Collection<Cache<?, ?>>> caches) {
        if (!backend.capabilities().contains(Capability.TAGS)) {
            throw new ConfigException("'publish-stats' needs a backend that keeps tags, which '" + place.url()
                    + "' does not. Leave it out");
        }
        var unused = context.scheduler()
                .scheduleWithFixedDelay(
                        () -> context.executor().execute(() -> publish(period, caches)),
                        period.toMillis(),
                        period.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    private void publish(Duration period, Supplier<Collection<Cache<?, ?>>> caches) {
        try {
            if (place.breaker() == null || place.breaker().isClosed()) {
                backend.putAll(entries(period, caches.get())).join();
            }
        } catch (LarderException failure) {
            // Whoever reads the counts sees that they are not there; a line in the log for each period would tell no
            // more.
        }
    }

    private Map<String, Entry<byte[]>> entries(Duration period, Collection<Cache<?, ?>> caches) {
        long now = context.clock().millis();
        long until = now + period.multipliedBy(PERIODS_KEPT).toMillis();
        Lifetime lifetime = new Lifetime(now, until, until);
        Map<String, Entry<byte[]>> entries = new HashMap<>();
        for (Cache<?, ?> cache : caches) {
            String name = cache.scope().toString();
            entries.put(name + " " + process, new Entry<>(StatsText.encode(cache.counts()), lifetime, Set.of(name)));
        }
        return entries;
    }

    /** Returns what processes have published of a cache, in the order of their names; what cannot be read is left out. */
    List<PublishedStats> published(String cache) {
        List<PublishedStats> published = new ArrayList<>();
        if (!backend.capabilities().contains(Capability.TAGS)) {
            return published;
        }
        Pages<KeyedEntry<String, byte[]>> pages = backend.entriesByTag(cache);
        for (List<KeyedEntry<String, byte[]>> page = pages.next().join();
                !page.isEmpty();
                page = pages.next().join()) {
            for (KeyedEntry<String, byte[]> keyed : page) {
                PublishedStats one = published(cache, keyed.key(), keyed.entry());
                if (one != null) {
                    published.add(one);
                }
            }
        }
        published.sort(Comparator.comparing(PublishedStats::process));
        return published;
    }

    private static @Nullable PublishedStats published(String cache, String key, Entry<byte[]> entry) {
        byte[] text = entry.value();
        CacheStats stats = text == null ? null : StatsText.decode(text);
        return stats == null || !key.startsWith(cache + " ")
                ? null
                : new PublishedStats(
                        key.substring(cache.length() + 1), entry.lifetime().createdMillis(), stats);
    }
}
