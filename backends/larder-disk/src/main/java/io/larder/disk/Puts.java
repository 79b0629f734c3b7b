package io.larder.disk;

import io.larder.BackendException;
import io.larder.Clock;
import io.larder.spi.Entry;
import io.larder.spi.PutMode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Stores entries: first the files of large ones, then all rows; what is refused leaves no file. Thread-safe. */
final class Puts {

    /** How many entries one transaction of a bulk call brings at most. */
    private static final int ENTRIES_MAX = 256;
    /** And how many bytes, unless a single value is larger. */
    private static final int BYTES_MAX = 1 << 20;

    private final Database database;
    private final Entries entries;
    private final Clock clock;

    Puts(Database database, Entries entries, Clock clock) {
        this.database = database;
        this.entries = entries;
        this.clock = clock;
    }

    /** Stores an entry if it may, and returns whether it did. */
    @FunctionalInterface
    interface Step {
        boolean apply(Room room, PackedEntry entry) throws SQLException;
    }

    boolean put(String key, Entry<byte[]> entry, Step step, long limitMillis) {
        PackedEntry packed = entries.pack(key, entry, limitMillis);
        return write(List.of(packed), step, limitMillis);
    }

    /** Stores the next of {@code all}, as many as one transaction takes. */
    void putSome(Iterator<Map.Entry<String, Entry<byte[]>>> all, long limitMillis) {
        List<PackedEntry> some = new ArrayList<>();
        long sizeBytes = 0;
        while (all.hasNext() && some.size() < ENTRIES_MAX && sizeBytes < BYTES_MAX) {
            Map.Entry<String, Entry<byte[]>> next = all.next();
            PackedEntry packed = entries.pack(next.getKey(), next.getValue(), limitMillis);
            some.add(packed);
            sizeBytes += packed.sizeBytes();
        }
        write(some, (room, entry) -> room.store(entry, PutMode.ALWAYS), limitMillis);
    }

    /** Returns whether all were stored. */
    private boolean write(List<PackedEntry> some, Step step, long limitMillis) {
        boolean kept = false;
        try {
            kept = database.write(session -> apply(session, some, step), broughtBytes(some), limitMillis);
            return kept;
        } catch (BackendException failure) {
            // Without a word from SQLite, they may have been stored after all.
            kept = !(failure.getCause() instanceof SQLException);
            throw failure;
        } finally {
            if (!kept) {
                some.stream().filter(PackedEntry::isFile).forEach(packed -> database.removeFile(packed.file()));
            }
        }
    }

    private boolean apply(Session session, List<PackedEntry> some, Step step) throws SQLException {
        for (PackedEntry packed : some) {
            if (packed.isFile()) {
                session.files().require(packed.file());
            }
        }
        Room room = Room.of(session, entries.scope(), database.budget().recency(), clock.millis());
        boolean stored = true;
        for (PackedEntry packed : some) {
            stored &= step.apply(room, packed);
        }
        return stored;
    }

    private static long broughtBytes(List<PackedEntry> some) {
        return some.stream().mapToLong(PackedEntry::broughtBytes).sum();
    }
}
