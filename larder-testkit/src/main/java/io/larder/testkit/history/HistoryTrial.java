package io.larder.testkit.history;

import io.larder.Cache;
import io.larder.testkit.history.HistoryChecker.Due;
import io.larder.testkit.history.HistoryChecker.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Lets many threads make random calls on one cache, opened by one program or several, and checks what they were told. Immutable.
 *
 * <p>Half of the calls are about a few keys, so that there is something to overlap. The seed says which calls each thread makes, not in which order
 * the threads get to run.
 *
 * @param threads how many callers there are
 * @param keys how many keys they share
 * @param calls how many they make, all together
 * @param tags whether entries may have tags
 * @param patterns whether keys are removed by pattern
 * @param due from when on changes have to be seen
 */
public record HistoryTrial(int threads, int keys, int calls, boolean tags, boolean patterns, Due due, long seed) {

    /** What histories are made of unless somebody says otherwise: 40 threads, 200,000 keys. */
    public static final HistoryTrial STANDARD = new HistoryTrial(40, 200_000, 1_000_000, true, true, Due.AT_ONCE, 0);

    private static final int TAGS = 1_000;
    private static final int SLICES = 100;
    private static final long SECONDS_MAX = 600;

    /** Returns this with another number of calls. */
    public HistoryTrial withCalls(int calls) {
        return new HistoryTrial(threads, keys, calls, tags, patterns, due, seed);
    }

    /** Returns this with another seed. */
    public HistoryTrial withSeed(long seed) {
        return new HistoryTrial(threads, keys, calls, tags, patterns, due, seed);
    }

    /** Returns this for a backend that has tags, or keeps lists of its keys, or not. */
    public HistoryTrial with(boolean tags, boolean patterns) {
        return new HistoryTrial(threads, keys, calls, tags, patterns, due, seed);
    }

    /** Returns this for a cache in tiers, whose nearer ones keep copies until a change has been told. */
    public HistoryTrial ofTiers() {
        return new HistoryTrial(threads, keys, calls, tags, patterns, Due.WHEN_ACKNOWLEDGED, seed);
    }

    /**
     * Clears the cache and runs the threads, each on one of {@code caches}, which share their entries and throw what fails.
     *
     * <p>Values are never used twice in one JVM, so that what outlives a trial is found out by the next.
     */
    public Report run(List<Cache<String, String>> caches) throws InterruptedException, TimeoutException {
        caches.get(0).clear();
        return checker().check(play(caches, Marks.ofThisProgram()));
    }

    /** Returns what judges the histories of such trials. */
    public HistoryChecker checker() {
        return new HistoryChecker(keyspace(), due);
    }

    private Keyspace keyspace() {
        return new Keyspace(keys, Math.min(TAGS, keys), Math.min(SLICES, keys));
    }

    /** Runs the threads alone, as one of several programs on the same entries may, and returns what they did and were told. */
    public List<Event> play(List<Cache<String, String>> caches, Marks marks)
            throws InterruptedException, TimeoutException {
        CountDownLatch ready = new CountDownLatch(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        List<HistoryCaller> callers = new ArrayList<>();
        List<Future<?>> runs = new ArrayList<>();
        try {
            for (int i = 0; i < threads; i++) {
                HistoryCaller caller =
                        new HistoryCaller(this, keyspace(), caches.get(i % caches.size()), marks, seed + i);
                callers.add(caller);
                runs.add(pool.submit(() -> {
                    ready.countDown();
                    ready.await();
                    caller.run(calls / threads);
                    return null;
                }));
            }
            for (Future<?> run : runs) {
                run.get(SECONDS_MAX, TimeUnit.SECONDS);
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("A call failed, -Dlarder.seed=" + seed, e.getCause());
        } finally {
            pool.shutdownNow();
        }
        List<Event> events = new ArrayList<>();
        callers.forEach(caller -> events.addAll(caller.events()));
        return events;
    }
}
