package io.larder.bench.tiers;

import io.larder.bench.worker.Crew;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * Races of a slow read with a quick write, one for each key but the last, which is there to see when the reader keeps what it reads.
 * Every key has its first version before. Confined to one thread of each process, which starts the callers.
 */
final class RaceLoad {

    static final int READERS = 64;

    private static final int WRITERS = 8;

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
        Crew.run(WRITERS, writer -> () -> {
            for (int left = writer < keys ? (keys - writer - 1) / WRITERS + 1 : 0; left > 0; ) {
                left -= writeAsked(writer);
            }
            return writer;
        });
    }

    /** Writes those keys of a writer that are being read for the first time, and returns how many that were. */
    private int writeAsked(int writer) {
        List<Integer> asked = IntStream.iterate(writer, key -> key < keys, key -> key + WRITERS)
                .filter(key -> board.isAsked(key) && board.newest(key) == 1)
                .boxed()
                .toList();
        LockSupport.parkNanos(LEAD.toNanos());
        asked.forEach(cache::write);
        return asked.size();
    }
}
