package io.larder.disk;

import io.larder.BackendException;
import io.larder.disk.DiskConfig.Sync;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The large frames of one edition, a file each, named by a random number that never comes back. Thread-safe.
 *
 * <p>A file exists before the row that refers to it, and is removed after it; so a process that dies leaves at most files that nothing
 * refers to. A key is never part of a name.
 *
 * <p>Some of those to which no row refers any more are kept, to be written over and given another name: that takes half as long as to
 * remove one and make another. So what was read is only certain while a row still refers to the file.
 */
final class ValueFiles {

    /** Frames of this size and more are files: from here on, a file is read faster than a chain of pages. */
    static final int FROM_BYTES = 64 << 10;

    /** How long a file may wait for its row; far longer than any call takes. */
    private static final long GRACE_MILLIS = 600_000;

    /** Larger ones are not kept: there, making a file is the lesser part of writing it. */
    static final int BLANK_BYTES_MAX = 256 << 10;

    /** The bits of a number that name the folder. */
    private static final long SHARD = 0xFF;

    private final Path folder;
    private final Sync sync;
    private final int blanksMax;
    private final Deque<Long> blanks = new ConcurrentLinkedDeque<>();

    ValueFiles(Path folder, Sync sync, int blanksMax) {
        this.folder = folder;
        this.sync = sync;
        this.blanksMax = blanksMax;
    }

    /** Writes {@code frame} and returns the number of its file, which is on the disk then if that is what {@code sync} asks for. */
    long write(byte[] frame) throws IOException {
        for (Long blank = blanks.pollFirst(); blank != null; blank = blanks.pollFirst()) {
            long file = (newNumber() & ~SHARD) | (blank & SHARD);
            if (writeOver(blank, file, frame)) {
                return file;
            }
        }
        return writeNew(frame);
    }

    private static long newNumber() {
        return ThreadLocalRandom.current().nextLong(SHARD + 1, Long.MAX_VALUE);
    }

    /** Makes one file of another, or returns false where that cannot be: it has been swept, or belongs to another user. */
    private boolean writeOver(long blank, long file, byte[] frame) throws IOException {
        Path path = path(file);
        try {
            try (FileChannel channel = FileChannel.open(path(blank), StandardOpenOption.WRITE)) {
                // Before the bytes, so that what forces them to the disk forces the size, too.
                channel.truncate(frame.length);
                write(channel, frame);
            }
            Files.move(path(blank), path, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            remove(blank);
            return false;
        }
        if (sync == Sync.FULL) {
            force(folder(path));
        }
        return true;
    }

    private void write(FileChannel channel, byte[] frame) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(frame);
        while (left.hasRemaining()) {
            channel.write(left);
        }
        if (sync == Sync.FULL) {
            channel.force(true);
        }
    }

    private long writeNew(byte[] frame) throws IOException {
        long file = newNumber();
        Path path = path(file);
        Path shard = folder(path);
        boolean isNew = !Files.exists(shard);
        if (isNew) {
            Files.createDirectories(shard);
        }
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            write(channel, frame);
        } catch (IOException e) {
            remove(file);
            throw e;
        }
        if (sync == Sync.FULL) {
            force(shard);
            if (isNew) {
                force(folder);
                force(folder(folder));
            }
        }
        return file;
    }

    /** Makes sure that a folder knows its files after a power failure. */
    static void force(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Returns what is in the file, or null when it is not there, or not of {@code sizeBytes} bytes. */
    byte @Nullable [] read(long file, long sizeBytes) throws IOException {
        try (FileChannel channel = FileChannel.open(path(file), StandardOpenOption.READ)) {
            if (channel.size() != sizeBytes) {
                return null;
            }
            ByteBuffer frame = ByteBuffer.allocate(Math.toIntExact(sizeBytes));
            while (frame.hasRemaining() && channel.read(frame) >= 0) {
                // A part of it, seldom less than all.
            }
            return frame.hasRemaining() ? null : frame.array();
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** Fails where a file is gone that a row is about to refer to. */
    void require(long file) {
        if (!Files.exists(path(file))) {
            throw BackendException.passing(
                    "A value that was written to '" + path(file) + "' is gone, before its key was. Put it again", null);
        }
    }

    /** Removes a file to which no row refers any more, or keeps it to be written over. */
    void retire(long file) {
        if (blanks.size() < blanksMax && isSmall(path(file))) {
            blanks.addLast(file);
        } else {
            remove(file);
        }
    }

    private static boolean isSmall(Path path) {
        try {
            return Files.size(path) <= BLANK_BYTES_MAX;
        } catch (IOException e) {
            return false;
        }
    }

    /** Removes what was kept. */
    void removeBlanks() {
        for (Long blank = blanks.pollFirst(); blank != null; blank = blanks.pollFirst()) {
            remove(blank);
        }
    }

    void remove(long file) {
        try {
            Files.deleteIfExists(path(file));
        } catch (IOException e) {
            // Nothing refers to it; the next sweep tries again.
        }
    }

    /** Returns the files that are old enough for their rows to be there, and are not {@code referred}. */
    List<Long> orphans(LongPredicate referred) throws IOException {
        List<Long> orphans = new ArrayList<>();
        long oldMillis = MachineClock.millis() - GRACE_MILLIS;
        if (!Files.isDirectory(folder)) {
            return orphans;
        }
        try (DirectoryStream<Path> shards = Files.newDirectoryStream(folder)) {
            for (Path shard : shards) {
                try (DirectoryStream<Path> files = Files.newDirectoryStream(shard, "????????????????")) {
                    for (Path path : files) {
                        long file =
                                HexFormat.fromHexDigitsToLong(path.getFileName().toString());
                        if (Files.getLastModifiedTime(path).toMillis() < oldMillis && !referred.test(file)) {
                            orphans.add(file);
                        }
                    }
                }
            }
        } catch (NoSuchFileException e) {
            // Somebody removed it meanwhile, which ends this sweep; the next one goes on.
        }
        return orphans;
    }

    private Path path(long file) {
        String name = HexFormat.of().toHexDigits(file);
        return folder.resolve(name.substring(14)).resolve(name);
    }

    private static Path folder(Path path) {
        Path parent = path.getParent();
        if (parent == null) {
            throw new IllegalArgumentException("path must have a folder, was " + path);
        }
        return parent;
    }
}
