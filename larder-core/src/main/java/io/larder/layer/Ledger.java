package io.larder.layer;

import io.larder.BackendException;
import io.larder.ConfigException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was removed from a cache while its backend was not asked, in a file until the backend has been told. Confined to one thread at a
 * time.
 *
 * <p>A removal is on the disk when {@link #note} returns. What is noted already is not written again, and beyond {@value #SIZE_BYTES_MAX}
 * bytes one line says "everything", so an outage costs no more than that. A file belongs to one process, which holds a lock on it; what a
 * dead one left is taken over by the next that opens the cache. A torn last line was noted for nobody, and any other line that cannot be
 * read is taken for "everything". No channel of java.nio, for those are closed when a caller is interrupted.
 */
public final class Ledger implements AutoCloseable {

    static final int SIZE_BYTES_MAX = 1 << 20;
    /** More processes on one machine with one cache than anybody has. */
    private static final int FILES_MAX = 1_000;

    private final Path path;
    private final RandomAccessFile file;
    private final Set<Removal> noted = new LinkedHashSet<>();
    /** Where the next line goes; what a failed write left behind it is written over. */
    private long sizeBytes;

    private Ledger(Path path, RandomAccessFile file) {
        this.path = path;
        this.file = file;
    }

    /** Opens the ledger of the cache that {@code name}, made of letters and digits, stands for, with what was left there. */
    public static Ledger open(Path folder, String name) {
        try {
            Files.createDirectories(folder, ownersOnly());
            @Nullable Ledger own = null;
            for (int number = 0; number < FILES_MAX; number++) {
                Path path = folder.resolve(name + "-" + number + ".ledger");
                if (own != null && !Files.exists(path)) {
                    return own;
                }
                own = opened(path, own);
            }
            throw new ConfigException("All ledgers of cache '" + name + "' in '" + folder + "' are in use");
        } catch (IOException e) {
            throw new ConfigException(
                    "Cannot keep a ledger in '" + folder + "': " + e
                            + ". 'ledger' must name a folder that this program may write to",
                    e);
        }
    }

    /** Returns {@code own}, which has taken over what is left in the file, or the file's as the first. */
    private static @Nullable Ledger opened(Path path, @Nullable Ledger own) throws IOException {
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        if (!isLocked(file)) {
            file.close();
            return own;
        }
        Ledger found = new Ledger(path, file);
        found.read();
        if (own == null) {
            return found;
        }
        own.note(found.noted);
        found.erase();
        found.close();
        return own;
    }

    private static boolean isLocked(RandomAccessFile file) throws IOException {
        try {
            return file.getChannel().tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static FileAttribute<?>[] ownersOnly() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
    }

    private void read() throws IOException {
        byte[] bytes = new byte[(int) Math.min(file.length(), 2L * SIZE_BYTES_MAX)];
        file.readFully(bytes);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        sizeBytes = text.lastIndexOf('\n') + 1L;
        text.substring(0, (int) sizeBytes)
                .lines()
                .forEach(line -> add(Removal.parse(line).orElse(Removal.ALL)));
        if (file.length() > bytes.length) {
            add(Removal.ALL);
        }
    }

    private void add(Removal removal) {
        if (removal.equals(Removal.ALL)) {
            noted.clear();
        }
        noted.add(removal);
    }

    boolean isEmpty() {
        return noted.isEmpty();
    }

    /** Notes {@code removals} for good, or fails. */
    void note(Collection<Removal> removals) {
        List<Removal> news = new ArrayList<>();
        StringBuilder lines = new StringBuilder();
        for (Removal removal : removals) {
            if (!noted.contains(removal) && !noted.contains(Removal.ALL)) {
                news.add(removal);
                lines.append(removal.line());
            }
        }
        if (news.isEmpty()) {
            return;
        }
        if (sizeBytes + lines.length() > SIZE_BYTES_MAX) {
            news = List.of(Removal.ALL);
            lines = new StringBuilder(Removal.ALL.line());
        }
        try {
            write(lines.toString().getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw BackendException.lasting(
                    "Cannot note in '" + path + "' what is to be removed later: " + e
                            + ". Make room, or name another folder with 'ledger'",
                    e);
        }
        news.forEach(this::add);
    }

    private void write(byte[] lines) throws IOException {
        file.seek(sizeBytes);
        file.write(lines);
        file.getFD().sync();
        sizeBytes += lines.length;
    }

    /** Returns what was noted since the last call; it stays in the file, and what is removed again is noted again. */
    List<Removal> take() {
        List<Removal> taken = List.copyOf(noted);
        noted.clear();
        return taken;
    }

    /** Takes back what could not be told. */
    void putBack(Collection<Removal> taken) {
        taken.forEach(this::add);
    }

    /** Forgets all that was noted. */
    void erase() throws IOException {
        noted.clear();
        file.setLength(0);
        file.getFD().sync();
        sizeBytes = 0;
    }

    /** Lets go of the file, which stays as it is. */
    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw BackendException.lasting("Cannot close '" + path + "': " + e, e);
        }
    }
}
