package io.larder.testkit;

import io.larder.BulkLoader;
import io.larder.Cache;
import io.larder.CacheEntry;
import io.larder.EntryOptions;
import io.larder.testkit.InvalidationMatrix.Invalidation;
import io.larder.testkit.InvalidationMatrix.Load;
import io.larder.testkit.InvalidationMatrix.Outcome;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One invalidation against one kind of load. Its tries follow each other; the readers of one run beside it. */
final class MatrixCell {

    private static final int TAGS = 50;
    private static final int SHOWN_MAX = 3;
    private static final List<Reading> READINGS = List.of(Reading.values());

    private final Invalidation invalidation;
    private final Load load;
    private final List<Cache<String, String>> caches;
    private final View view;
    private final Steps steps;
    private final @Nullable MatrixOutage outage;
    private final ExecutorService threads;
    private final FakeClock clock;
    private final boolean tagged;
    private final long seed;
    private final Random random;
    private final AtomicLong reads = new AtomicLong();
    private final ConcurrentLinkedQueue<String> staleReads = new ConcurrentLinkedQueue<>();
    private final AtomicInteger values = new AtomicInteger();
    private final BulkLoader<String, String> loader = this::loadAll;
    private int tries;
    private int stepsMax;
    /** What a read that begins after the invalidation must not show: stored or loaded from before it began. */
    private Set<String> outdated = Set.of();

    private volatile boolean begun;
    private boolean ended;
    private String key = "";

    MatrixCell(
            Invalidation invalidation,
            Load load,
            List<Cache<String, String>> caches,
            View view,
            Steps steps,
            @Nullable MatrixOutage outage,
            ExecutorService threads,
            FakeClock clock,
            boolean tagged,
            long seed) {
        this.invalidation = invalidation;
        this.load = load;
        this.caches = caches;
        this.view = view;
        this.steps = steps;
        this.outage = outage;
        this.threads = threads;
        this.clock = clock;
        this.tagged = tagged;
        this.seed = seed;
        this.random = new Random(seed);
    }

    Outcome outcome() {
        return new Outcome(tries, stepsMax, reads.get(), List.copyOf(staleReads));
    }

    /** Lets a value expire and another be loaded, with the invalidation after one of the steps, the next one each time. */
    void tryOnce() throws InterruptedException {
        key = "key" + tries + "-a";
        outdated = ConcurrentHashMap.newKeySet();
        begun = false;
        ended = false;
        Queue<CountDownLatch> readers = new ConcurrentLinkedQueue<>();
        steps.start(step -> {});
        String stored = outdated("stored");
        caches.get(0).putAll(Map.of(key, stored, beside(), stored), options());
        if (outage != null) {
            outage.happen(caches.get(0), this::loadIntoTheSpare);
        } else if (load == Load.COPY_IN_A_NEAR_TIER) {
            // The other process has its copies already.
            caches.subList(1, caches.size()).forEach(cache -> cache.get(key));
        } else {
            // So that there are copies, where there are near tiers.
            caches.forEach(cache -> cache.getAll(List.of(key, beside())));
            clock.advance(load == Load.RELOAD_AHEAD ? InvalidationMatrix.TTL.minusMillis(1) : InvalidationMatrix.TTL);
        }
        int at = tries % (stepsMax + 1);

        steps.start(step -> {
            if (step == at) {
                invalidate();
            }
            if (ended && random.nextBoolean()) {
                readers.add(read(anybody(), READINGS.get(random.nextInt(READINGS.size()))));
            }
        });
        load();
        awaitEnd(readers);
        stepsMax = Math.max(stepsMax, steps.count());
        if (!ended) {
            invalidateAside();
        }
        for (Cache<String, String> cache : caches) {
            for (Reading reading : READINGS) {
                read(cache, reading).await();
            }
        }
        steps.awaitEnd();
        tries++;
    }

    /** Returns when the invalidation has, not only its first answer. */
    private void invalidateAside() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        steps.aside(threads, () -> {
            try {
                invalidate();
            } finally {
                done.countDown();
            }
        });
        done.await();
    }

    /** Waits for the load and for all readers; a reader may be what the load waits for. */
    private void awaitEnd(Queue<CountDownLatch> readers) throws InterruptedException {
        steps.awaitEnd();
        for (CountDownLatch reader = readers.poll(); reader != null; reader = readers.poll()) {
            reader.await();
            steps.awaitEnd();
        }
    }

    /** Removes the other key too, so that the recovery has something to tell the backend. */
    private void loadIntoTheSpare() {
        caches.get(0).get(key, missing -> outdated("loaded meanwhile"), options());
        caches.get(0).remove(beside());
    }

    private String outdated(String what) {
        String value = what + " " + values.incrementAndGet();
        outdated.add(value);
        return value;
    }

    private void load() {
        Cache<String, String> loading = view.cache(caches.get(0));
        switch (load) {
            case BATCH -> loading.getAll(List.of(key, beside()), loader, options());
            case GATHERED_RELOAD -> {
                loading.getAll(List.of(key), loader, options());
                loading.getAll(List.of(beside()), loader, options());
            }
            case COPY_IN_A_NEAR_TIER -> {
                switch (random.nextInt(3)) {
                    case 0 -> loading.get(key);
                    case 1 -> loading.getAll(List.of(key, beside()));
                    default -> loading.get(key, this::load, options());
                }
            }
            case FALLBACK_RECOVERY -> {
                caches.get(0).ping();
                loading.get(key, this::load, options());
            }
            default -> loading.get(key, this::load, options());
        }
    }

    /** Returns another key, which the invalidation need not be about. */
    private String beside() {
        return key + "b";
    }

    private String load(String missing) {
        steps.step("loader begins");
        String value = begun ? "loaded since" : outdated("loaded");
        steps.step("loader ends");
        return value;
    }

    private Map<String, String> loadAll(Set<String> missing) {
        String value = load(key);
        Map<String, String> loaded = new LinkedHashMap<>();
        missing.forEach(each -> loaded.put(each, value));
        return loaded;
    }

    private EntryOptions options() {
        return tagged ? EntryOptions.tagged(tag()) : EntryOptions.DEFAULT;
    }

    private String tag() {
        return "tag" + tries % TAGS;
    }

    /** Returns the cache of some process, but not of the one that loads if another is to, nor of another while a spare is used. */
    private Cache<String, String> anybody() {
        return switch (load) {
            case IN_ANOTHER_PROCESS -> caches.get(1);
            case FALLBACK_RECOVERY -> caches.get(0);
            default -> caches.get(random.nextInt(caches.size()));
        };
    }

    private void invalidate() {
        steps.note(invalidation.toString());
        Cache<String, String> cache = anybody();
        begun = true;
        switch (invalidation) {
            case REMOVE -> cache.remove(key);
            case PUT -> cache.put(key, "put since", options());
            case EXPIRE -> cache.expire(key, Duration.ZERO);
            case INVALIDATE_TAG -> cache.invalidateTag(tag());
            case REMOVE_MATCHING -> cache.removeMatching(key + "*");
            case CLEAR -> cache.clear();
        }
        ended = true;
    }

    private enum Reading {
        GET,
        FIND,
        GET_ALL,
        GET_OR_LOAD,
        GET_ALL_OR_LOAD,
        GET_OR_LOAD_WITH_CONTEXT
    }

    /** Lets another thread read, and returns when it has been answered by the backend; the latch opens when it has the value. */
    private CountDownLatch read(Cache<String, String> cache, Reading reading) {
        CountDownLatch done = new CountDownLatch(1);
        Set<String> mustNotShow = outdated;
        steps.note(reading.toString());
        steps.aside(threads, () -> {
            try {
                String value = value(cache, reading);
                reads.incrementAndGet();
                if (value != null && mustNotShow.contains(value)) {
                    found(reading + " shows what was '" + value + "'");
                }
            } catch (RuntimeException failure) {
                found(reading + " fails with " + failure);
            } finally {
                done.countDown();
            }
        });
        return done;
    }

    private void found(String what) {
        if (staleReads.size() < SHOWN_MAX) {
            staleReads.add(invalidation + " of a load " + load + ": " + what + " after " + steps.trace() + ", try "
                    + tries + ", -Dlarder.seed=" + seed);
        }
    }

    private @Nullable String value(Cache<String, String> cache, Reading reading) {
        return switch (reading) {
            case GET -> cache.get(key);
            case FIND -> {
                CacheEntry<String, String> entry = cache.find(key);
                yield entry == null ? null : entry.value();
            }
            case GET_ALL -> cache.getAll(List.of(key)).get(key);
            case GET_OR_LOAD -> cache.get(key, missing -> "loaded since", options());
            case GET_ALL_OR_LOAD ->
                cache.getAll(List.of(key), missing -> Map.of(key, "loaded since"), options())
                        .get(key);
            case GET_OR_LOAD_WITH_CONTEXT ->
                cache.get(key, options(), (missing, context) -> {
                    CacheEntry<?, String> previous = context.previous();
                    return previous == null ? "loaded since" : previous.value();
                });
        };
    }
}
