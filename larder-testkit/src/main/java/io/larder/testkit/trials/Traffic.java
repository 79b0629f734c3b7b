package io.larder.testkit.trials;

import io.larder.Cache;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Threads that write, read, remove, count, load and invalidate at once, and hold the cache to what it told them.
 *
 * <p>Started and stopped by one thread. While it runs, what a read shows must be something that was written for its key, and must not be
 * older than what was acknowledged before the read began; {@link #stop} looks for what was acknowledged and is gone.
 */
public final class Traffic implements AutoCloseable {

    /** How many keys are loaded and invalidated, by all threads. */
    static final int SOURCES = 8;

    private static final long END_SECONDS_MAX = 60;

    /** What servers promise about acknowledged writes. */
    public enum Memory {
        /** They keep them, so that a register that is missing is older than one that was read. */
        KEEPS,
        /** They may lose any of them, but never come up with something older. */
        FORGETS
    }

    private final Cache<String, String> texts;
    private final Cache<String, Long> numbers;
    private final Memory memory;
    private final List<TrafficThread> threads = new ArrayList<>();
    private final ExecutorService pool;
    private final List<Future<?>> running = new ArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Findings findings = new Findings();
    /** The last value that thread i began to write to its register, and the last one acknowledged. */
    private final AtomicLongArray begun;

    private final AtomicLongArray acknowledged;
    /** What each source would tell now, and what it told when an invalidation was last acknowledged. */
    private final AtomicLongArray truths = new AtomicLongArray(SOURCES);

    private final AtomicLongArray floors = new AtomicLongArray(SOURCES);

    private Traffic(Cache<String, String> texts, Cache<String, Long> numbers, Memory memory, int threads) {
        this.texts = texts;
        this.numbers = numbers;
        this.memory = memory;
        this.begun = new AtomicLongArray(threads);
        this.acknowledged = new AtomicLongArray(threads);
        this.pool = Executors.newFixedThreadPool(threads);
        for (int i = 0; i < threads; i++) {
            this.threads.add(new TrafficThread(this, i));
        }
    }

    /** Starts threads that use both caches until {@link #stop}; the caches should throw what fails. */
    public static Traffic start(Cache<String, String> texts, Cache<String, Long> numbers, int threads) {
        return start(texts, numbers, Memory.KEEPS, threads);
    }

    /** Starts threads as {@link #start(Cache, Cache, int)}, on servers that may forget. */
    public static Traffic start(Cache<String, String> texts, Cache<String, Long> numbers, Memory memory, int threads) {
        Traffic traffic = new Traffic(texts, numbers, memory, threads);
        traffic.threads.forEach(thread -> traffic.running.add(traffic.pool.submit(thread)));
        return traffic;
    }

    Cache<String, String> texts() {
        return texts;
    }

    Cache<String, Long> numbers() {
        return numbers;
    }

    Memory memory() {
        return memory;
    }

    int size() {
        return threads.size();
    }

    /** Returns what was found so far. */
    public Findings findings() {
        return findings;
    }

    AtomicLongArray begun() {
        return begun;
    }

    AtomicLongArray acknowledged() {
        return acknowledged;
    }

    AtomicLongArray truths() {
        return truths;
    }

    AtomicLongArray floors() {
        return floors;
    }

    /** Returns whether the traffic is over, after a breath for a server that has just refused a call. */
    boolean isOverAfter(long millis) {
        try {
            return over.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }

    /** Returns how many writes were acknowledged so far. */
    public long writes() {
        return findings.writes();
    }

    /** Takes {@code clock} for the start of a fault that has happened: from now on, {@link #hasRecovered} waits for each thread's next write. */
    public void mark(StopClock clock) {
        threads.forEach(thread -> thread.mark(clock));
    }

    /** Returns whether each thread has begun a write since {@link #mark} that was acknowledged. */
    public boolean hasRecovered() {
        return threads.stream().allMatch(TrafficThread::hasRecovered);
    }

    /** Returns how long after the fault the last of the threads was told of a write that it began after {@link #mark}. */
    public double recoveredMillis() {
        return threads.stream()
                .mapToDouble(TrafficThread::recoveredMillis)
                .max()
                .orElse(0);
    }

    /** Returns how long after the fault the last call failed; 0 if none has. */
    public double failedMillis() {
        return threads.stream().mapToDouble(TrafficThread::failedMillis).max().orElse(0);
    }

    /** Ends the threads, and compares what is stored with what was acknowledged. */
    public Findings stop() throws Exception {
        over.countDown();
        for (Future<?> each : running) {
            each.get(END_SECONDS_MAX, TimeUnit.SECONDS);
        }
        threads.forEach(TrafficThread::compare);
        return findings;
    }

    /** Ends the threads, if they still run. */
    @Override
    public void close() {
        over.countDown();
        pool.shutdownNow();
    }
}
