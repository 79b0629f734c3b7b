package io.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.BackendException;
import io.larder.Cache;
import io.larder.EntryOptions;
import io.larder.Larder;
import io.larder.codec.DecimalCodec;
import io.larder.spi.BackendContext;
import io.larder.spi.BackendProvider;
import io.larder.spi.Backends;
import io.larder.testkit.servers.Await;
import io.larder.url.CacheUrl;
import io.larder.url.ParameterSet;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Readers, writers and a backend that goes and comes: no removal that has returned is ever undone. */
@Timeout(120)
class FallbackRaceTest {

    private static final int KEYS = 4;
    private static final int READERS = 2;
    private static final int ROUNDS = 400;
    private static final int SPINS_MAX = 2_000;
    private static final long SECONDS_MAX = 60;

    @TempDir
    private Path folder;

    private final AtomicLongArray source = new AtomicLongArray(KEYS);
    private final AtomicLongArray removed = new AtomicLongArray(KEYS);
    private final ExecutorService threads = Executors.newFixedThreadPool(KEYS + READERS);
    private final long seed = Seed.next();
    private final Random random = new Random(seed);
    private volatile boolean down;
    private int outages;
    private Larder larder;
    private Cache<String, Long> cache;

    private final BackendProvider provider = new BackendProvider() {
        private final ReferenceProvider server = ReferenceProvider.ofBytes(below -> {
            FlakyBackend<String, byte[]> way = new FlakyBackend<>(below);
            way.failBefore(method -> {
                dawdle();
                return down;
            });
            return way;
        });

        @Override
        public Set<String> schemes() {
            return Set.of("reference");
        }

        @Override
        public ParameterSet parameters() {
            return ParameterSet.NONE;
        }

        @Override
        public Backends open(CacheUrl url, BackendContext context) {
            return (url.hosts().equals("spare") ? ReferenceProvider.ofBytes() : server).open(url, context);
        }
    };

    @BeforeEach
    void open() {
        larder = Larder.builder("reference://first?breaker=2&fallback=reference://spare&ledger=" + folder)
                .provider(provider)
                .build();
        cache = larder.cache("versions", String.class, Long.class)
                .codec(new DecimalCodec())
                .build();
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        larder.close();
    }

    /** Takes a while, so that steps of others come in between. */
    private static void dawdle() {
        int spins = ThreadLocalRandom.current().nextInt(SPINS_MAX);
        for (int i = 0; i < spins; i++) {
            Thread.onSpinWait();
        }
    }

    /** Changes the source of its own key, removes the entry in one of many ways, and notes that this has returned. */
    private void write(int key, long writes, int way) {
        for (int i = 0; i < writes; i++) {
            dawdle();
            long version = source.incrementAndGet(key);
            try {
                switch (way) {
                    case 0 -> cache.put("k" + key, version, EntryOptions.tagged("t" + key));
                    case 1 -> cache.remove("k" + key);
                    case 2 -> cache.invalidateTag("t" + key);
                    case 3 -> cache.removeMatching("?" + key);
                    default -> cache.removeAll(List.of("k" + key));
                }
                removed.set(key, version);
            } catch (BackendException failed) {
                // It may or may not have been done, so nothing is promised.
            }
        }
    }

    private void read(int times) {
        for (int i = 0; i < times; i++) {
            for (int key = 0; key < KEYS; key++) {
                check(key, i % 2 == 0);
            }
        }
    }

    private void check(int key, boolean loads) {
        long atLeast = removed.get(key);
        Long value = loads
                ? cache.get("k" + key, missing -> load(key), EntryOptions.tagged("t" + key))
                : cache.get("k" + key);
        assertThat(value == null ? Long.MAX_VALUE : value)
                .as("version of key %d, %s", key, Seed.replay(seed))
                .isGreaterThanOrEqualTo(atLeast);
    }

    private long load(int key) {
        long version = source.get(key);
        dawdle();
        return version;
    }

    private boolean isSpareUsed() {
        return "in use".equals(cache.stats().backend().details().get("fallback"));
    }

    /** Cuts the way to the server until the spare is used, which counts as an outage. */
    private void goDown() {
        down = true;
        for (int i = 0; i < 4; i++) {
            cache.get("k0");
        }
        outages++;
    }

    private void comeBack() {
        down = false;
        cache.ping();
    }

    private void round() throws Exception {
        boolean beginsDown = random.nextBoolean();
        if (beginsDown) {
            goDown();
            read(2);
        }
        List<Future<?>> ends = new ArrayList<>();
        for (int key = 0; key < KEYS; key++) {
            int own = key;
            int writes = random.nextInt(3);
            int way = random.nextInt(5);
            ends.add(threads.submit(() -> write(own, writes, way)));
        }
        for (int reader = 0; reader < READERS; reader++) {
            ends.add(threads.submit(() -> read(2)));
        }
        dawdle();
        if (beginsDown) {
            comeBack();
        } else {
            goDown();
        }
        for (Future<?> end : ends) {
            end.get(SECONDS_MAX, TimeUnit.SECONDS);
        }
        // Nobody writes any more, so what is out of date now stays so.
        read(2);
        comeBack();
        Await.until("the first backend is used", Duration.ofSeconds(20), () -> !isSpareUsed());
        read(2);
    }

    @Test
    void noRemovalIsUndoneByAnOutage() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            round();
        }

        assertThat(outages).isGreaterThan(ROUNDS / 2);
    }
}
