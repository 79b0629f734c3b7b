package io.larder.bench.tiers;

import io.larder.bench.worker.Crew;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Races of a slow read with a quick write, one for each key but the last, which is there to see when the reader keeps what it reads.
 * Confined to one thread of each process, which starts the callers.
 */
final class RaceLoad {

    static final int READERS = 64;

    /** From the beginning of a read to that of the write which overtakes it: time for the question to reach Redis. */
    private static final Duration LEAD = Duration.ofMillis(1);

    private static final Duration NEAR_MAX = Duration.ofMillis(1);
    private static final int NEAR_READS = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final VersionedCache cache;
    private final Board board;
    private final int keys;

    RaceLoad(VersionedCache cache) {
        this.cache = cache;
        this.board = cache.board();
        this.keys = board.keys() - 1;
    }

    /** Returns when reads of the last key do not take the slow wire any more. */
    void settle() {
        long start = System.nanoTime();
        long last = start;
        for (int near = 0; near < NEAR_READS; ) {
            cache.read(keys);
            long now = System.nanoTime();
            near = now - last < NEAR_MAX.toNanos() ? near + 1 : 0;
            last = now;
            if (now - start > PATIENCE.toNanos()) {
                throw new IllegalStateException("Nothing was kept near within " + PATIENCE.toSeconds()
                        + " s. What it does in a race cannot be told");
            }
        }
    }

    /** Reads each key once, and returns how many reads were overtaken: they brought an old value when a put had returned. */
    int read() {
        return Crew.run(READERS, reader -> () -> {
                    int overtaken = 0;
                    for (int key = reader; key < keys; key += READERS) {
                        board.ask(key);
                        long seen = cache.read(key);
                        overtaken += seen < board.newest(key) ? 1 : 0;
                    }
                    return overtaken;
                })
                .stream()
                .mapToInt(overtaken -> overtaken)
                .sum();
    }

    /** Writes each key once, when its read has begun. */
    void write() {
        boolean[] asked = new boolean[keys];
        boolean[] written = new boolean[keys];
        for (int left = keys; left > 0; ) {
            for (int key = 0; key < keys; key++) {
                asked[key] = board.isAsked(key);
            }
            LockSupport.parkNanos(LEAD.toNanos());
            for (int key = 0; key < keys; key++) {
                if (asked[key] && !written[key]) {
                    cache.write(key);
                    written[key] = true;
                    left--;
                }
            }
        }
    }
}
