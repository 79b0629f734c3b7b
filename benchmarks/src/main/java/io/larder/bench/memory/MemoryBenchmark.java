package io.larder.bench.memory;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * Gets and puts over keys that are all there.
 *
 * <p>The bound leaves a fifth free: nothing is evicted, yet Caffeine, which spares itself the recording of reads until it is half
 * full, does its whole work.
 */
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class MemoryBenchmark {

    static final int CAPACITY = 125_000;
    static final Duration TTL = Duration.ofHours(1);

    /** Who is measured. */
    @Param
    public Peer peer;

    private Contender contender;
    private String[] keys;
    private String[] trace;

    /** Fills the cache. */
    @Setup
    public void fill() {
        keys = Keys.all(Keys.COUNT);
        trace = Keys.zipf(keys);
        contender = peer.open(CAPACITY, TTL);
        for (String key : keys) {
            contender.put(key, key);
        }
        // Entries then lie as the collector leaves them, not among the garbage that each peer's filling made.
        System.gc();
    }

    /** Reads. */
    @Benchmark
    public @Nullable String getHit(Cursor cursor) {
        return contender.get(trace[cursor.next()]);
    }

    /** Writes. */
    @Benchmark
    public void put(Cursor cursor) {
        String key = trace[cursor.next()];
        contender.put(key, key);
    }

    /** Reads three times, writes once. */
    @Benchmark
    public @Nullable String mixed(Cursor cursor) {
        int step = cursor.next();
        String key = trace[step];
        if ((step & 3) == 0) {
            contender.put(key, key);
            return key;
        }
        return contender.get(key);
    }

    /** Closes the cache, which must still have every key: a miss is faster than a hit. */
    @TearDown(Level.Trial)
    public void check() {
        for (String key : keys) {
            if (contender.get(key) == null) {
                throw new IllegalStateException(peer + " lost key '" + key + "' of " + Keys.COUNT + " with room for "
                        + CAPACITY + ". Its hits cannot be compared");
            }
        }
        contender.close();
    }

    /** Where in the trace a thread is. Confined to its thread. */
    @State(Scope.Thread)
    public static class Cursor {

        private int step;

        /** Sets the threads off at even distances. */
        @Setup
        public void start(ThreadParams thread) {
            step = Keys.TRACE / thread.getThreadCount() * thread.getThreadIndex();
        }

        /** Returns the next step of the trace. */
        public int next() {
            return step++ & (Keys.TRACE - 1);
        }
    }
}
