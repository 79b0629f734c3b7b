package io.larder.disk;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The file that marks a folder as a cache, and tells every process which database in it is in use. Thread-safe.
 *
 * <p>A damaged database is given up for one of another name, the next edition. Every process has this file in memory, so that it
 * notices at its next call, for the price of a field read. Its lock serializes what happens to whole databases. Behind the edition are
 * the {@link ChangeCounts}, in a file that is ours: SQLite would lose its locks when a handle of one of its own is closed.
 */
final class Marker implements AutoCloseable {

    static final String NAME = "larder.cache";

    /** "LARDERDC", the disk cache. */
    private static final long MAGIC = 0x4C41524445524443L;

    private static final int MAGIC_AT = 0;
    private static final int EDITION_AT = 8;
    private static final int MADE_AT = 16;
    /** In a line of the processor's own, because the edition is read at every call. */
    private static final int COUNTS_AT = 64;

    private static final int SIZE_BYTES = COUNTS_AT + ChangeCounts.SIZE_BYTES;
    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final Path path;
    private final FileChannel channel;
    private final MappedByteBuffer shared;
    private final @Nullable Object fileKey;
    private final ReentrantLock lock = new ReentrantLock();

    private Marker(Path path, FileChannel channel, MappedByteBuffer shared, @Nullable Object fileKey) {
        this.path = path;
        this.channel = channel;
        this.shared = shared;
        this.fileKey = fileKey;
    }

    /** Opens the marker of {@code folder}, or makes one; {@code last} is the latest edition that left files, 0 for none. */
    static Marker open(Path folder, long last, Patience patience) throws IOException {
        Path path = folder.resolve(NAME);
        FileChannel channel =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            FileLock held = fileLock(channel, path, patience);
            try {
                return openLocked(path, channel, folder, last);
            } finally {
                held.release();
            }
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static Marker openLocked(Path path, FileChannel channel, Path folder, long last) throws IOException {
        boolean isWhole = channel.size() >= SIZE_BYTES;
        if (!isWhole) {
            fill(channel);
        }
        Marker marker =
                new Marker(path, channel, channel.map(FileChannel.MapMode.READ_WRITE, 0, SIZE_BYTES), fileKey(path));
        boolean isMarked = marker.number(MAGIC_AT) == MAGIC;
        if (!isWhole || !isMarked) {
            marker.counts().restart();
        }
        // What is there without a marker, or with a damaged one, is taken for what it says it is.
        if (!isMarked || marker.edition() < 1 || (last > 0 && marker.edition() > last + 1)) {
            marker.write(MADE_AT, last);
            marker.write(EDITION_AT, Math.max(1, last));
            marker.write(MAGIC_AT, MAGIC);
            ValueFiles.force(folder);
        }
        return marker;
    }

    /** Gives the file all its bytes now: a full disk that is only noticed where memory is written ends in an InternalError. */
    private static void fill(FileChannel channel) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocate(SIZE_BYTES - Math.toIntExact(channel.size()));
        while (zeros.hasRemaining()) {
            channel.write(zeros, channel.size());
        }
    }

    /** Returns the counts of changes, for one opening of one edition. */
    ChangeCounts counts() {
        return new ChangeCounts(shared.slice(COUNTS_AT, ChangeCounts.SIZE_BYTES));
    }

    /** Returns the number of the database in use. */
    long edition() {
        return number(EDITION_AT);
    }

    /** Returns whether the database in use was made completely once, so that an empty one has been damaged. */
    boolean isMade() {
        return number(MADE_AT) == edition();
    }

    void made() {
        write(MADE_AT, edition());
    }

    void moveOn() {
        write(EDITION_AT, edition() + 1);
    }

    /** Returns whether this file is still the one in the folder; somebody may have emptied it. */
    boolean isInPlace() {
        try {
            return Objects.equals(fileKey, fileKey(path));
        } catch (IOException e) {
            return false;
        }
    }

    /** Something done under the lock. */
    @FunctionalInterface
    interface Step<E extends Exception> {
        void run() throws E;
    }

    /** Does {@code step} while no other process does one. */
    <E extends Exception> void locked(Patience patience, Step<E> step) throws E, IOException {
        if (!tryLock(patience)) {
            throw held(path);
        }
        try {
            FileLock held = fileLock(channel, path, patience);
            try {
                step.run();
            } finally {
                held.release();
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean tryLock(Patience patience) {
        try {
            return lock.tryLock(patience.remainingNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            Patience.failIfInterrupted();
            return false;
        }
    }

    private static FileLock fileLock(FileChannel channel, Path path, Patience patience) throws IOException {
        do {
            try {
                FileLock lock = channel.tryLock();
                if (lock != null) {
                    return lock;
                }
            } catch (OverlappingFileLockException e) {
                // The same program has loaded this library twice, and the other one is at it.
            }
        } while (patience.pause());
        throw held(path);
    }

    private static IOException held(Path path) {
        return new IOException("another process has had '" + path + "' locked all the time");
    }

    private long number(int at) {
        return (long) LONGS.getVolatile(shared, at);
    }

    /** Also to the disk: a marker that is lost in a power failure must not take the cache with it. */
    private void write(int at, long number) {
        LONGS.setVolatile(shared, at, number);
        shared.force();
    }

    private static @Nullable Object fileKey(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // It held no data.
        }
    }
}
