package io.larder.bench.tiers;

import io.larder.bench.memory.Keys;
import io.larder.bench.memory.MemoryBenchmark.Cursor;
import io.larder.bench.worker.Crew;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
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

/** Gets keys that are all in the near tier, where there is one. */
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class NearBenchmark {

    static final int KEYS = 10_000;
    static final int VALUE_BYTES = 100;

    private static final int FILLERS = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration STEP = Duration.ofMillis(20);
    /** What a pass over all keys in memory may make Redis do: some heart-beats. */
    private static final int COMMANDS_MAX = KEYS / 100;

    /** Who is measured. */
    @Param
    public TierPeer peer;

    /** Where a Redis listens on this machine. */
    @Param("6379")
    public int port;

    private ServerCommands commands;
    private TieredCache cache;
    private String[] keys;
    private String[] trace;

    /** Fills all tiers. */
    @Setup
    public void fill() {
        commands = new ServerCommands(port);
        keys = Keys.all(KEYS);
        trace = Keys.zipf(keys);
        cache = peer.open(port);
        Crew.run(FILLERS, filler -> () -> {
            for (int index = filler; index < KEYS; index += FILLERS) {
                cache.put(keys[index], new byte[VALUE_BYTES]);
            }
            return filler;
        });
        // A near tier may begin to keep entries only when it has heard of Redis.
        long start = System.nanoTime();
        while (peer.isNear() && !answersFromMemory() && System.nanoTime() - start < PATIENCE.toNanos()) {
            LockSupport.parkNanos(STEP.toNanos());
        }
        // Entries then lie as the collector leaves them, not among the garbage that each peer's filling made.
        System.gc();
    }

    /** Reads. */
    @Benchmark
    public byte @Nullable [] getHit(Cursor cursor) {
        return cache.get(trace[cursor.next()]);
    }

    /** Closes the cache, which must still have every key where it claims to have it. */
    @TearDown(Level.Trial)
    public void check() {
        if (answersFromMemory() != peer.isNear()) {
            throw new IllegalStateException(peer.label()
                    + " asked Redis for keys that are near, or the other way round. " + "Its hits cannot be compared");
        }
        cache.close();
        commands.close();
    }

    private boolean answersFromMemory() {
        return commands.during(this::readAll) <= COMMANDS_MAX;
    }

    private void readAll() {
        for (String key : keys) {
            byte[] value = cache.get(key);
            if (value == null || value.length != VALUE_BYTES) {
                throw new IllegalStateException(peer.label() + " lost key '" + key + "' of " + KEYS + " with room for "
                        + TierPeer.CAPACITY + ". Its hits cannot be compared");
            }
        }
    }
}
