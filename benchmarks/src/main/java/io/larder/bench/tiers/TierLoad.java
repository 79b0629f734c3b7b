package io.larder.bench.tiers;

import io.larder.bench.memory.Keys;
import io.larder.bench.worker.Crew;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Callers in a closed loop, in one of the processes that share a cache: each waits for its answer before it asks again. Every read is
 * compared with the board. Confined to one thread, which starts the callers.
 *
 * <p>A key has one writer, a thread of one of the processes, so that its versions have an order: who is to write a key that belongs to
 * another takes a neighbour.
 */
final class TierLoad {

    private static final int FILLERS = 16;
    private static final long SEED = 42;
    private static final int DIGITS = 3;
    /** Between puts, longer than a peer takes to tell of one on a quiet machine. */
    private static final Duration PAUSE = Duration.ofMillis(2);

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final VersionedCache cache;
    private final Board board;
    private final int writer;
    private final int writers;
    /** Which keys are asked for one after the other. */
    private final int[] trace;

    /** Makes the load of one of several processes that write. */
    TierLoad(VersionedCache cache, int writer, int writers) {
        this.cache = cache;
        this.board = cache.board();
        this.writer = writer;
        this.writers = writers;
        this.trace = Keys.zipf(board.keys());
    }

    /** Writes the keys that are this process's. */
    void fill() {
        int step = FILLERS * writers;
        Crew.run(FILLERS, filler -> () -> {
            for (int key = writer + writers * filler; key < board.keys(); key += step) {
                cache.write(key);
            }
            return filler;
        });
    }

    TierLap run(Shift shift) {
        TierLap sum = new TierLap();
        Crew.run(shift.threads(), index -> caller(shift, index)).forEach(sum::add);
        return sum;
    }

    /** Returns how many keys show an older version than the newest. */
    int stale() {
        int stale = 0;
        for (int key = 0; key < board.keys(); key++) {
            long newest = board.newest(key);
            stale += cache.read(key) < newest ? 1 : 0;
        }
        return stale;
    }

    /** Writes a key so many times, now and then. */
    void call(int key, int times) {
        for (int written = 0; written < times; written++) {
            LockSupport.parkNanos(PAUSE.toNanos());
            cache.write(key);
        }
    }

    /**
     * Reads a key until it shows {@code last}, but not for long, because it may be left stale; returns how long after its put each
     * version was seen that came meanwhile.
     */
    Histogram listen(int key, long last) {
        Histogram seenNanos = new Histogram(DIGITS);
        long start = System.nanoTime();
        long now = start;
        long before = 0;
        while (before < last && now - start < PATIENCE.toNanos()) {
            long seen = cache.read(key);
            now = System.nanoTime();
            if (seen > before) {
                while (board.newest(key) < seen) {
                    Thread.onSpinWait();
                }
                long acknowledged = board.acknowledgedNanos(key, seen);
                if (acknowledged > start) {
                    seenNanos.recordValue(Math.max(0, now - acknowledged));
                }
                before = seen;
            }
        }
        return seenNanos;
    }

    private Crew.Task<TierLap> caller(Shift shift, int index) {
        Random random = new Random(SEED + writer * (long) shift.threads() + index);
        int group = writers * shift.threads();
        int own = writer + writers * index;
        TierLap lap = new TierLap();
        return () -> {
            int step = random.nextInt(Keys.TRACE);
            long calls = 0;
            long start = System.nanoTime();
            long end = start + shift.time().toNanos();
            long last = start;
            while (last < end) {
                int key = trace[step++ & (Keys.TRACE - 1)];
                if (random.nextInt(100) < shift.writesPercent()) {
                    int owned = key - key % group + own;
                    cache.write(owned < board.keys() ? owned : owned - group);
                    last = System.nanoTime();
                } else {
                    last = timedRead(key, last, lap);
                }
                calls++;
            }
            lap.end(calls, last - start);
            return lap;
        };
    }

    private long timedRead(int key, long start, TierLap lap) {
        long newest = board.newest(key);
        long seen = cache.read(key);
        long now = System.nanoTime();
        if (seen < newest) {
            lap.staleNanos().recordValue(board.staleNanos(key, seen, start));
        }
        lap.readNanos().recordValue(now - start);
        return now;
    }
}
