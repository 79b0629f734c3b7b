package io.larder.redis;

import io.larder.Clock;
import io.larder.spi.Backend;
import io.larder.spi.BackendContext;
import io.larder.spi.Backends;
import io.larder.spi.CacheScope;
import io.larder.spi.CacheSpec;
import io.larder.spi.ChangeListener;
import io.larder.spi.Entry;
import io.larder.spi.KeyPattern;
import io.larder.spi.Lifetime;
import io.larder.spi.PutMode;
import io.larder.spi.Watch;
import io.larder.testkit.servers.Await;
import io.larder.url.CacheUrl;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;

/** A program with a cache on Redis and a watch over it, which notes what it is told. */
final class Watcher implements ChangeListener<String>, AutoCloseable {

    static final Duration WAIT_MAX = Duration.ofSeconds(30);

    private final JumpingClock clock;
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final List<KeyPattern> patterns = new CopyOnWriteArrayList<>();
    private final Backends backends;
    private final Backend<String, byte[]> backend;
    private final Watch<String> watch;
    private final Runnable closing;

    /** A clock that a test sets forward, as if the program had been stopped for a while. */
    private static final class JumpingClock implements Clock {

        private final AtomicLong jumpedNanos = new AtomicLong();

        @Override
        public long millis() {
            return System.currentTimeMillis();
        }

        @Override
        public long coarseMillis() {
            return millis();
        }

        @Override
        public long nanos() {
            return System.nanoTime() + jumpedNanos.get();
        }
    }

    private Watcher(JumpingClock clock, Backends backends, String cache, Runnable closing) {
        this.clock = clock;
        this.backends = backends;
        this.backend = ((Backends.OfBytes) backends).open(CacheSpec.ofBytes(new CacheScope("", cache, 1), "bytes"));
        this.watch = backend.watch(this);
        this.closing = closing;
    }

    /** Opens one of which it is not known whether it will ever be covered. */
    static Watcher begin(String url, String cache) {
        ExecutorService executor = Executors.newCachedThreadPool();
        ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
        JumpingClock clock = new JumpingClock();
        Backends backends =
                new RedisProvider().open(CacheUrl.parse(url), new BackendContext(clock, executor, scheduler));
        return new Watcher(clock, backends, cache, () -> {
            backends.close();
            scheduler.shutdownNow();
            executor.shutdownNow();
        });
    }

    static Watcher begin(String url) {
        return begin(url, "names");
    }

    /** Opens another cache of the same program. */
    Watcher second(String cache) {
        return new Watcher(clock, backends, cache, () -> {});
    }

    static Watcher open(String url) {
        return open(url, "names");
    }

    /** Opens one, and returns when all of the cache is covered. */
    static Watcher open(String url, String cache) {
        Watcher watcher = begin(url, cache);
        watcher.awaitCovered();
        return watcher;
    }

    Backend<String, byte[]> backend() {
        return backend;
    }

    Watch<String> watch() {
        return watch;
    }

    List<String> told() {
        return told;
    }

    List<KeyPattern> patterns() {
        return patterns;
    }

    void put(String key, String... tags) {
        backend.put(key, entry(tags), PutMode.ALWAYS).join();
    }

    static Entry<byte[]> entry(String... tags) {
        byte[] value = "v".getBytes(StandardCharsets.UTF_8);
        return new Entry<>(value, Lifetime.endless(0), Set.copyOf(Arrays.asList(tags)));
    }

    void jump(Duration duration) {
        clock.jumpedNanos.addAndGet(duration.toNanos());
    }

    boolean coversAll() {
        return watch.coversAll();
    }

    void awaitCovered() {
        Await.until("the cache is covered", WAIT_MAX, watch::coversAll);
    }

    void awaitTold(String what) {
        Await.until("'" + what + "' is told", WAIT_MAX, () -> told.contains(what));
    }

    /** Waits until what {@code other} puts is told; who has just lost a connection may not have noticed it before. */
    void awaitToldOf(Watcher other, String key) {
        told.clear();
        Await.until("a put of '" + key + "' is told", WAIT_MAX, () -> {
            other.put(key);
            return told.contains(key);
        });
    }

    void awaitRefused() {
        Await.until("a refusal is told", WAIT_MAX, () -> told.stream().anyMatch(what -> what.startsWith("refused")));
    }

    @Override
    public void changed(String key) {
        told.add(key);
    }

    @Override
    public void changed(KeyPattern keys) {
        patterns.add(keys);
        told.add(keys.toString());
    }

    @Override
    public void changedTag(String tag) {
        told.add("tag " + tag);
    }

    @Override
    public void refused(RuntimeException cause) {
        told.add("refused: " + cause.getMessage());
    }

    @Override
    public void close() {
        if (watch != null) {
            watch.close();
        }
        closing.run();
    }
}
