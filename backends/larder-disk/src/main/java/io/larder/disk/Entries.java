package io.larder.disk;

import io.larder.BackendException;
import io.larder.Clock;
import io.larder.CodecException;
import io.larder.codec.Frame;
import io.larder.codec.KeyBytes;
import io.larder.disk.Copies.Copy;
import io.larder.disk.Copies.Place;
import io.larder.spi.CacheScope;
import io.larder.spi.DamagedEntry;
import io.larder.spi.Entry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Makes rows and files of one cache's entries, and entries of those. Thread-safe. */
final class Entries {

    private static final int KEY_SHOWN_MAX = 80;

    private static final String FIND = "SELECT id, fresh, keep, used, seal, file, size, frame FROM entries"
            + " WHERE room = (SELECT id FROM rooms WHERE scope = ?) AND key = ?";

    private final byte[] scope;
    private final String codec;
    private final DiskConfig config;
    private final Database database;
    private final Copies copies;
    private final Clock clock;

    Entries(CacheScope scope, String codec, DiskConfig config, Database database, Copies copies, Clock clock) {
        this.scope = bytes(scope);
        this.codec = codec;
        this.config = config;
        this.database = database;
        this.copies = copies;
        this.clock = clock;
    }

    /** Returns the scope's parts, with a byte between them that none of them contains. */
    private static byte[] bytes(CacheScope scope) {
        byte[] namespace = KeyBytes.encode(scope.namespace());
        byte[] cache = KeyBytes.encode(scope.cache());
        return ByteBuffer.allocate(namespace.length + cache.length + 2 + Integer.BYTES)
                .put(namespace)
                .put((byte) 0xFF)
                .put(cache)
                .put((byte) 0xFF)
                .putInt(scope.version())
                .array();
    }

    byte[] scope() {
        return scope;
    }

    /** Returns {@code entry} as it will be stored; a large one is in its file then. */
    PackedEntry pack(String key, Entry<byte[]> entry, long timeoutMillis) {
        byte[] value = entry.value();
        requireSize(
                key, "its value has", value == null ? 0 : value.length, "'max-value' allows", config.maxValueBytes());
        byte[] frame = Frame.encode(null, codec, entry);
        requireSize(
                key,
                "it takes",
                frame.length,
                "'max' has room for",
                database.budget().entryBytesMax());
        byte[] bytes = KeyBytes.encode(key);
        return frame.length < ValueFiles.FROM_BYTES || !entry.isKept(clock)
                ? PackedEntry.inRow(bytes, entry, frame)
                : PackedEntry.inFile(bytes, entry, frame, database.writeFile(frame, timeoutMillis));
    }

    /** Returns {@code entry} as it is stored in a row, for one that is small. */
    PackedEntry packInRow(byte[] key, Entry<byte[]> entry) {
        return PackedEntry.inRow(key, entry, Frame.encode(null, codec, entry));
    }

    private static void requireSize(String key, String what, long sizeBytes, String limit, long sizeBytesMax) {
        if (sizeBytes > sizeBytesMax) {
            throw BackendException.lasting(
                    "Cannot store key '" + shortened(key) + "': " + what + " " + sizeBytes + " bytes, and " + limit
                            + " " + sizeBytesMax + ". Raise the limit, or split the value",
                    null);
        }
    }

    /** Returns the entry, fresh or stale, as it was read before, if nobody in any process has changed it since; else null. */
    @Nullable
    Entry<byte[]> copy(String key) {
        Place place = new Place(this, key);
        Copy copy = copies.find(place);
        ChangeCounts counts = copy == null ? null : database.counts();
        if (copy == null || counts == null) {
            return null;
        }
        if (!copy.moment.isNow(counts) || !copy.entry.isKept(clock)) {
            copies.drop(place, copy);
            return null;
        }
        long nowMillis = clock.coarseMillis();
        if (database.budget().recency().note(copy.row, copy.usedMillis, nowMillis)) {
            copy.usedMillis = nowMillis;
        }
        return copy.entry;
    }

    /** Returns what {@link #find} does, and keeps a copy of it; not in a transaction, which may be taken back. */
    @Nullable
    Entry<byte[]> read(Session session, String key) throws SQLException {
        return find(session, KeyBytes.encode(key), copies.isKeeping() ? new Place(this, key) : null);
    }

    /** Returns the entry, fresh or stale, or one that is damaged, or null. */
    @Nullable
    Entry<byte[]> find(Session session, byte[] key) throws SQLException {
        return find(session, key, null);
    }

    private @Nullable Entry<byte[]> find(Session session, byte[] key, @Nullable Place place) throws SQLException {
        Moment before = place == null ? null : Moment.of(session.counts(), scope, key);
        long readFile = 0;
        byte @Nullable [] readFrame = null;
        while (true) {
            long count = session.counts().at(ChangeCounts.ALL);
            Found found = session.first(Found::read, FIND, scope, key);
            if (found == null) {
                return null;
            }
            if (!Seal.isWhole(found.seal, scope, key, found.fresh, found.keep)) {
                return damaged("The row that was found is not the key's, or was altered");
            }
            if (!clock.isBefore(found.keep)) {
                return null;
            }
            byte @Nullable [] frame = found.frame;
            if (found.file != 0) {
                boolean isRead = found.file == readFile;
                frame = isRead ? readFrame : read(session, found);
                if (!isRead && (frame == null || session.counts().at(ChangeCounts.ALL) != count)) {
                    // Whoever has put another value in its place may have written over it since: the row says so.
                    readFile = found.file;
                    readFrame = frame;
                    continue;
                }
            }
            if (frame == null || Seal.sum(frame) != Seal.sum(found.seal)) {
                return damaged("The value is missing or was altered");
            }
            database.budget().recency().note(found.id, found.used, clock.coarseMillis());
            ByteBuffer.wrap(frame)
                    .putLong(Frame.DEADLINES_AT, found.fresh)
                    .putLong(Frame.DEADLINES_AT + Long.BYTES, found.keep);
            Entry<byte[]> entry = Frame.decode(frame, codec, null);
            if (place != null && before != null && copies.areFor(frame.length)) {
                copies.keep(place, new Copy(entry, before, found.id, found.used));
            }
            return entry;
        }
    }

    private byte @Nullable [] read(Session session, Found found) {
        try {
            return session.files().read(found.file, found.size);
        } catch (IOException e) {
            throw database.folder().explain(e);
        }
    }

    private DamagedEntry damaged(String how) {
        return new DamagedEntry(new CodecException(
                how + ", in the cache in '" + database + "'. Nothing needs to be done, but look at the disk", null));
    }

    static String shortened(String key) {
        return key.length() <= KEY_SHOWN_MAX ? key : key.substring(0, KEY_SHOWN_MAX) + "…";
    }

    @SuppressWarnings("ArrayRecordComponent") // What is found is not compared.
    private record Found(
            long id, long fresh, long keep, long used, long seal, long file, long size, byte @Nullable [] frame) {

        static Found read(Query row) throws SQLException {
            return new Found(
                    row.number(1),
                    row.number(2),
                    row.number(3),
                    row.number(4),
                    row.number(5),
                    row.number(6),
                    row.number(7),
                    row.bytes(8));
        }
    }
}
