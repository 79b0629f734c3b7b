package io.larder.memcached;

import io.larder.BackendException;
import io.larder.Cache;
import io.larder.EntryOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;

/**
 * Threads that put, load and invalidate values with versions in them, on servers that forget what they like.
 *
 * <p>Each key is written and invalidated by one thread, so that it is known what no read may show any more; all threads read and load all
 * keys. Keys of the second half are only loaded, and invalidated by everybody, by key and by tag.
 */
final class VersionTraffic implements AutoCloseable {

    private static final int KEYS = 16_384;
    private static final int OWNED = KEYS / 2;
    private static final int KEYS_PER_TAG = 4;
    private static final int KEYS_AT_ONCE = 8;
    private static final int VALUE_BYTES_MAX = 250;
    private static final long END_SECONDS_MAX = 60;
    private static final int WRONG_SHOWN_MAX = 20;

    private final Cache<String, String> cache;
    private final int threads;
    private final ExecutorService pool;
    private final List<Future<Void>> running = new ArrayList<>();
    private final AtomicBoolean isOver = new AtomicBoolean();
    /** The version that a load would bring now, and the oldest that may still be shown. */
    private final AtomicLongArray truths = new AtomicLongArray(KEYS);

    private final AtomicLongArray floors = new AtomicLongArray(KEYS);
    private final LongAdder reads = new LongAdder();
    private final LongAdder hits = new LongAdder();
    private final LongAdder writes = new LongAdder();
    private final LongAdder invalidations = new LongAdder();
    private final LongAdder refusals = new LongAdder();
    private final AtomicLong wrong = new AtomicLong();
    private final ConcurrentLinkedQueue<String> wrongs = new ConcurrentLinkedQueue<>();

    private VersionTraffic(Cache<String, String> cache, int threads) {
        if (OWNED % threads != 0) {
            throw new IllegalArgumentException("threads must divide " + OWNED + ", was " + threads);
        }
        this.cache = cache;
        this.threads = threads;
        this.pool = Executors.newFixedThreadPool(threads);
    }

    /** Starts threads that go on until {@link #stop}. */
    static VersionTraffic start(Cache<String, String> cache, int threads, Random random) {
        VersionTraffic traffic = new VersionTraffic(cache, threads);
        for (int i = 0; i < threads; i++) {
            int number = i;
            Random own = new Random(random.nextLong());
            traffic.running.add(traffic.pool.submit((Callable<Void>) () -> {
                while (!traffic.isOver.get()) {
                    traffic.stepUnlessRefused(number, own);
                }
                return null;
            }));
        }
        return traffic;
    }

    /** A server that is full may find nothing to evict for a value of this size; what is refused is not acknowledged. */
    private void stepUnlessRefused(int thread, Random random) {
        try {
            step(thread, random);
        } catch (BackendException refused) {
            refusals.increment();
        }
    }

    private void step(int thread, Random random) {
        int any = key(random, KEYS);
        int tagged = OWNED + any % OWNED / KEYS_PER_TAG * KEYS_PER_TAG;
        int own = any % OWNED / threads * threads + thread;
        switch (random.nextInt(16)) {
            case 0, 1, 2 -> put(own, random);
            case 3 -> remove(own);
            case 4 -> invalidateOwn(own);
            case 5 -> remove(OWNED + any % OWNED);
            case 6 -> invalidateAll(tagged);
            case 7 -> readAll(any);
            case 8, 9 -> read(any);
            default -> load(any, random);
        }
    }

    /** Some keys are read often, and so are kept. */
    private static int key(Random random, int keys) {
        return random.nextBoolean() ? random.nextInt(keys) : random.nextInt(KEYS / 64) * 64;
    }

    private static String name(int key) {
        return "key-" + key;
    }

    /** Of owned keys, those of one thread share tags; of the others, neighbours. */
    private EntryOptions tags(int key) {
        return EntryOptions.tagged(key < OWNED ? "own-" + key : "tag-" + key / KEYS_PER_TAG);
    }

    private static String value(int key, long version, Random random) {
        return key + ":" + version + ":" + "v".repeat(random.nextInt(VALUE_BYTES_MAX));
    }

    private void put(int key, Random random) {
        long version = truths.incrementAndGet(key);
        cache.put(name(key), value(key, version, random), tags(key));
        floors.set(key, version);
        writes.increment();
    }

    private void remove(int key) {
        long version = truths.incrementAndGet(key);
        cache.remove(name(key));
        raise(key, version);
    }

    private void invalidateOwn(int key) {
        long version = truths.incrementAndGet(key);
        cache.invalidateTag("own-" + key);
        raise(key, version);
    }

    /** Invalidates a tag of several keys that anybody may be loading. */
    private void invalidateAll(int first) {
        long[] versions = LongStream.range(first, first + KEYS_PER_TAG)
                .map(key -> truths.incrementAndGet((int) key))
                .toArray();
        cache.invalidateTag("tag-" + first / KEYS_PER_TAG);
        for (int i = 0; i < versions.length; i++) {
            raise(first + i, versions[i]);
        }
    }

    private void raise(int key, long version) {
        floors.accumulateAndGet(key, version, Math::max);
        invalidations.increment();
    }

    private void read(int key) {
        long least = floors.get(key);
        check(key, least, cache.get(name(key)));
    }

    private void readAll(int any) {
        List<Integer> keys = new ArrayList<>();
        List<Long> least = new ArrayList<>();
        for (int i = 0; i < KEYS_AT_ONCE; i++) {
            keys.add((any + i * 64) % KEYS);
            least.add(floors.get(keys.get(i)));
        }
        var found = cache.getAll(keys.stream().map(VersionTraffic::name).toList());
        for (int i = 0; i < KEYS_AT_ONCE; i++) {
            check(keys.get(i), least.get(i), found.get(name(keys.get(i))));
        }
    }

    private void load(int key, Random random) {
        long least = floors.get(key);
        AtomicBoolean isLoaded = new AtomicBoolean();
        String value = cache.get(
                name(key),
                missing -> {
                    isLoaded.set(true);
                    return value(key, truths.get(key), random);
                },
                tags(key));
        check(key, least, value);
        if (isLoaded.get()) {
            hits.decrement();
            writes.increment();
        }
    }

    private void check(int key, long least, String value) {
        reads.increment();
        if (value == null) {
            return;
        }
        hits.increment();
        String[] parts = value.split(":", -1);
        if (!parts[0].equals(String.valueOf(key))) {
            wrong(name(key) + " shows " + value);
        }
        long version = Long.parseLong(parts[1]);
        if (version < least || version > truths.get(key)) {
            wrong(name(key) + " shows version " + version + ", allowed were " + least + " to " + truths.get(key));
        }
    }

    private void wrong(String what) {
        if (wrong.incrementAndGet() <= WRONG_SHOWN_MAX) {
            wrongs.add(what);
        }
    }

    long reads() {
        return reads.sum();
    }

    long hits() {
        return hits.sum();
    }

    long writes() {
        return writes.sum();
    }

    long invalidations() {
        return invalidations.sum();
    }

    long refusals() {
        return refusals.sum();
    }

    long wrong() {
        return wrong.get();
    }

    /** Returns whether a thread has ended. */
    boolean hasFailed() {
        return running.stream().anyMatch(Future::isDone);
    }

    /** Returns a tag that several keys share. */
    static String sharedTag(Random random) {
        return "tag-" + (OWNED / KEYS_PER_TAG + random.nextInt(OWNED / KEYS_PER_TAG));
    }

    /** Ends the threads, of which none may have failed. */
    void stop() throws Exception {
        isOver.set(true);
        for (Future<Void> each : running) {
            each.get(END_SECONDS_MAX, TimeUnit.SECONDS);
        }
    }

    @Override
    public void close() {
        isOver.set(true);
        pool.shutdownNow();
    }

    @Override
    public String toString() {
        return String.format(
                "%d reads, %d hits, %d writes, %d invalidations, %d refused, %d wrong%s",
                reads(),
                hits(),
                writes(),
                invalidations(),
                refusals(),
                wrong(),
                wrongs.isEmpty() ? "" : "\n  " + String.join("\n  ", wrongs));
    }
}
