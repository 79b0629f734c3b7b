package io.larder.bench.tiers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What every process knows without the caches: of each key the newest version that a put has returned for, and when it returned. It
 * is a file that all of them map. Thread-safe, as long as each key has one writer.
 *
 * <p>Moments are those of {@link System#nanoTime}, which on Linux is {@code CLOCK_MONOTONIC}, one clock for all processes;
 * {@link TierProcess} sees that it is.
 */
final class Board {

    /** So many versions back the moment is known: more than are written to a key within {@link SharedFigures#BOUND}. */
    static final int HISTORY = 1_024;

    /** What is older may be overwritten while it is read. */
    private static final int HISTORY_READ = HISTORY / 2;

    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final ByteBuffer memory;
    private final int keys;

    private Board(ByteBuffer memory, int keys) {
        this.memory = memory;
        this.keys = keys;
    }

    /** Maps the board of so many keys, which is made if nobody has; no key has a version then. */
    static Board open(Path file, int keys) {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long bytes = (long) keys * (2 + HISTORY) * Long.BYTES;
            return new Board(channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes), keys);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot map the board of versions in '" + file + "'", e);
        }
    }

    int keys() {
        return keys;
    }

    /** Returns the newest acknowledged version, 0 if there is none. */
    long newest(int key) {
        return (long) LONGS.getAcquire(memory, key * Long.BYTES);
    }

    /** Says that the put of the next version has returned just now. */
    void acknowledge(int key, long version) {
        LONGS.setOpaque(memory, moment(key, version), System.nanoTime());
        LONGS.setRelease(memory, key * Long.BYTES, version);
    }

    /** Returns when a version was acknowledged, which it must be. */
    long acknowledgedNanos(int key, long version) {
        return (long) LONGS.getOpaque(memory, moment(key, version));
    }

    /** Returns how long it had been wrong, at {@code nanos}, to see a version that is not the newest; at least that. */
    long staleNanos(int key, long seen, long nanos) {
        long next = Math.max(seen + 1, newest(key) - HISTORY_READ);
        return Math.max(0, nanos - acknowledgedNanos(key, next));
    }

    /** Says that a process is about to read a key. */
    void ask(int key) {
        LONGS.setRelease(memory, (keys + key) * Long.BYTES, 1L);
    }

    boolean isAsked(int key) {
        return (long) LONGS.getAcquire(memory, (keys + key) * Long.BYTES) != 0;
    }

    private int moment(int key, long version) {
        return (2 * keys + key * HISTORY + (int) (version % HISTORY)) * Long.BYTES;
    }
}
