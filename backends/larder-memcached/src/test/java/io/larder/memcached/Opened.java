package io.larder.memcached;

import io.larder.spi.Backend;
import io.larder.spi.BackendContext;
import io.larder.spi.Backends;
import io.larder.spi.CacheScope;
import io.larder.spi.CacheSpec;
import io.larder.spi.Entry;
import io.larder.spi.KeyedEntry;
import io.larder.spi.Lifetime;
import io.larder.spi.Pages;
import io.larder.spi.PutMode;
import io.larder.testkit.FakeClock;
import io.larder.url.CacheUrl;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** A cache as one process has it, with texts as values. */
final class Opened implements AutoCloseable {

    final FakeClock clock = new FakeClock();
    final Backend<String, byte[]> backend;
    final ItemNames names = new ItemNames(new CacheScope("", "test", 1));
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(2);
    private final Backends backends;

    Opened(String url) {
        backends = new MemcachedProvider().open(CacheUrl.parse(url), new BackendContext(clock, threads, threads));
        backend = ((Backends.OfBytes) backends).open(CacheSpec.ofBytes(new CacheScope("", "test", 1), "text"));
    }

    Entry<byte[]> entry(String text, String... tags) {
        return entry(text, Lifetime.endless(clock.millis()), tags);
    }

    Entry<byte[]> entry(String text, Duration ttl, String... tags) {
        long until = clock.millis() + ttl.toMillis();
        return entry(text, new Lifetime(clock.millis(), until, until), tags);
    }

    Entry<byte[]> entry(String text, Lifetime lifetime, String... tags) {
        return new Entry<>(text.getBytes(StandardCharsets.UTF_8), lifetime, Set.of(tags));
    }

    void put(String key, String text, String... tags) {
        put(key, entry(text, tags));
    }

    void put(String key, Entry<byte[]> entry) {
        backend.put(key, entry, PutMode.ALWAYS).join();
    }

    @Nullable
    String get(String key) {
        Entry<byte[]> entry = backend.get(key).join();
        return entry == null || entry.value() == null ? null : new String(entry.value(), StandardCharsets.UTF_8);
    }

    List<String> tagged(String tag) {
        return all(backend.entriesByTag(tag)).stream()
                .map(KeyedEntry::key)
                .sorted()
                .toList();
    }

    static <T> List<T> all(Pages<T> pages) {
        List<T> all = new ArrayList<>();
        for (List<T> page = pages.next().join();
                !page.isEmpty();
                page = pages.next().join()) {
            all.addAll(page);
        }
        return all;
    }

    /** Returns the name of the item that has the entry of a key, as a command has it. */
    String name(String key) {
        return new String(names.entry(key), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        backends.close();
        threads.shutdownNow();
    }
}
