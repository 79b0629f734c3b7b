package io.larder.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.spi.Backend;
import io.larder.spi.Entry;
import io.larder.spi.KeyPattern;
import io.larder.spi.PutMode;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Writers and readers at the same keys, each with a database of its own, as other processes have it. */
@Timeout(120)
class CopiesRaceTest {

    private static final int KEYS = 4;
    private static final int WRITERS = 2;
    private static final int READERS = 3;
    private static final int STEPS = 3_000;

    @TempDir
    private Path folder;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        threads.shutdownNow();
    }

    /** What one writer has done to its cache: to each key one step after the other, and in each of them a put or a removal. */
    private static final class History {
        final AtomicLongArray begun = new AtomicLongArray(KEYS);
        final AtomicLongArray done = new AtomicLongArray(KEYS);
        /** The latest step that left the key empty, entered before it is done. */
        final AtomicLongArray emptied = new AtomicLongArray(KEYS);
        /** The latest step that anybody has seen. */
        final AtomicLongArray seen = new AtomicLongArray(KEYS);
    }

    @Test
    void nobodyReadsWhatWasReplacedOrRemovedBeforeTheReadBegan() throws Exception {
        long seed = Long.getLong("larder.seed", MachineClock.nanos());
        System.out.println("nobodyReadsWhatWasReplacedOrRemovedBeforeTheReadBegan: -Dlarder.seed=" + seed);
        List<Disk> disks = List.of(Disk.in(folder), Disk.in(folder), Disk.in(folder));
        List<History> histories = new ArrayList<>();
        List<Future<?>> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            History history = new History();
            histories.add(history);
            Backend<String, byte[]> cache = disks.get(i).backend("cache " + i);
            Random random = new Random(seed + i);
            Disk disk = disks.get(i);
            writers.add(threads.submit(() -> write(disk, cache, history, random)));
        }
        AtomicLong hits = new AtomicLong();
        List<Future<String>> readers = new ArrayList<>();
        for (int i = 0; i < READERS; i++) {
            Random random = new Random(seed + WRITERS + i);
            Disk disk = disks.get(i);
            readers.add(threads.submit(() -> read(disk, histories, random, hits)));
        }

        for (Future<?> writer : writers) {
            writer.get();
        }
        for (Future<String> reader : readers) {
            assertThat(reader.get()).isNull();
        }
        assertThat(hits.get()).isGreaterThan(STEPS);
        disks.forEach(Disk::close);
    }

    private static void write(Disk disk, Backend<String, byte[]> cache, History history, Random random) {
        for (int step = 1; step <= STEPS; step++) {
            int key = random.nextInt(KEYS);
            int kind = random.nextInt(20);
            boolean all = kind >= 18;
            for (int each = 0; each < KEYS; each++) {
                if (all || each == key) {
                    history.begun.set(each, step);
                    if (kind >= 12) {
                        history.emptied.set(each, step);
                    }
                }
            }
            if (kind < 12) {
                byte[] value = ByteBuffer.allocate(Long.BYTES).putLong(step).array();
                cache.put("key " + key, disk.entry(value, "tag " + key), PutMode.ALWAYS)
                        .join();
            } else if (kind < 15) {
                cache.remove("key " + key).join();
            } else if (kind < 18) {
                cache.invalidateTag("tag " + key).join();
            } else if (kind == 18) {
                cache.removeMatching(KeyPattern.glob("key *")).join();
            } else {
                cache.clear().join();
            }
            for (int each = 0; each < KEYS; each++) {
                if (all || each == key) {
                    history.done.set(each, step);
                }
            }
        }
    }

    /** Reads until all steps are done, and returns what was wrong. */
    private static String read(Disk disk, List<History> histories, Random random, AtomicLong hits) {
        List<Backend<String, byte[]>> caches = new ArrayList<>();
        for (int i = 0; i < histories.size(); i++) {
            caches.add(disk.backend("cache " + i));
        }
        for (long reads = 0; !areOver(histories); reads++) {
            int i = random.nextInt(histories.size());
            int key = random.nextInt(KEYS);
            History history = histories.get(i);
            long atLeast = Math.max(history.done.get(key), history.seen.get(key));
            Entry<byte[]> entry = caches.get(i).get("key " + key).join();
            long emptied = history.emptied.get(key);
            long begun = history.begun.get(key);
            if (entry == null) {
                // Until the first put, and where a removal is at least as late as that.
                if (atLeast > 0 && emptied < atLeast) {
                    return "key " + key + " is empty after read " + reads + " although step " + atLeast
                            + " was done or seen";
                }
                continue;
            }
            hits.incrementAndGet();
            long step = ByteBuffer.wrap(entry.value()).getLong();
            history.seen.accumulateAndGet(key, step, Math::max);
            if (step < atLeast || step > begun) {
                return "key " + key + " has the value of step " + step + " after read " + reads + ", done or seen was "
                        + atLeast + ", begun " + begun;
            }
        }
        return null;
    }

    private static boolean areOver(List<History> histories) {
        for (History history : histories) {
            boolean over = false;
            for (int key = 0; key < KEYS; key++) {
                over |= history.done.get(key) == STEPS;
            }
            if (!over) {
                return false;
            }
        }
        return true;
    }
}
