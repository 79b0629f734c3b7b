package io.larder.disk;

import io.larder.codec.KeyBytes;
import io.larder.spi.PutMode;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one cache holds between two clears, as one transaction sees and changes it. Confined to that transaction. */
final class Room {

    /** A lease is asked for with the entry, because deleting one that is not there takes longer than a look. */
    private static final String HELD = "SELECT " + Row.HEAD
            + ", EXISTS(SELECT 1 FROM leases WHERE room = ?1 AND key = ?2)"
            + " FROM entries WHERE room = ?1 AND key = ?2";

    private static final String OVERWRITE = "UPDATE entries SET fresh = ?, keep = ?, seal = ?, size = ?, frame = ?"
            + " WHERE id = ? AND room = ?7 AND key = ?8 AND tags IS NULL AND file IS NULL"
            + " AND NOT EXISTS(SELECT 1 FROM leases WHERE room = ?7 AND key = ?8)";

    private final Session session;
    private final byte[] scope;
    private final Recency recency;
    private final long id;
    private final long nowMillis;

    /** What there is under a key. */
    private record Held(@Nullable Row row, boolean mayBeLeased) {}

    private Room(Session session, byte[] scope, Recency recency, long id, long nowMillis) {
        this.session = session;
        this.scope = scope;
        this.recency = recency;
        this.id = id;
        this.nowMillis = nowMillis;
    }

    /** Returns the room of a cache, made where there is none. */
    static Room of(Session session, byte[] scope, Recency recency, long nowMillis) throws SQLException {
        long id = session.rooms().find(session, scope);
        return new Room(session, scope, recency, id, nowMillis);
    }

    /** Leaves the room with all that is in it, and returns whether there was one; the next change makes an empty one. */
    static boolean leave(Session session, byte[] scope) throws SQLException {
        session.touch(ChangeCounts.ofCache(scope));
        session.rooms().forget();
        return session.update("UPDATE rooms SET scope = NULL WHERE scope = ?", scope) > 0;
    }

    Session session() {
        return session;
    }

    long id() {
        return id;
    }

    long nowMillis() {
        return nowMillis;
    }

    /** Returns the entry under {@code key}, whether its time is over or not. */
    private Held held(byte[] key) throws SQLException {
        Held held = session.first(
                row -> new Held(Row.head(row).foundBy(key), row.number(Row.HEAD_COLUMNS + 1) == 1), HELD, id, key);
        return held == null ? new Held(null, true) : held;
    }

    private void endLease(byte[] key, Held held) throws SQLException {
        if (held.mayBeLeased()) {
            new Leases(this).end(key);
        }
    }

    /** Returns whether an entry counts as present: there, undamaged, fresh. */
    boolean isFresh(@Nullable Row row) {
        return row != null && row.fresh() > nowMillis && isWhole(row);
    }

    boolean isWhole(Row row) {
        return Seal.isWhole(row.seal(), scope, row.key(), row.fresh(), row.keep());
    }

    /** Stores {@code entry}, if {@code mode} lets it, ends the lease, and returns whether it did; what is over leaves the key empty. */
    boolean store(PackedEntry entry, PutMode mode) throws SQLException {
        byte[] key = entry.key();
        if (mode == PutMode.ALWAYS && overwrite(entry)) {
            return true;
        }
        Held held = held(key);
        Row old = held.row();
        if (mode != PutMode.ALWAYS && (mode == PutMode.IF_PRESENT) != isFresh(old)) {
            return false;
        }
        touch(key);
        endLease(key, held);
        if (entry.keep() <= nowMillis) {
            if (old != null) {
                Reclaim.discard(session, old);
            }
            if (entry.isFile()) {
                session.drop(entry.file());
            }
            return true;
        }
        if (old != null && (old.file() != 0 || entry.isFile())) {
            // What files take is counted where rows come and go.
            Reclaim.discard(session, old);
            old = null;
        }
        byte[] tags = TagList.encode(entry.tags());
        if (old == null) {
            insert(entry, tags);
        } else {
            rewrite(old, entry, tags);
        }
        if (tags != null) {
            tag(key, TagList.decode(tags));
        }
        return true;
    }

    private void insert(PackedEntry entry, byte @Nullable [] tags) throws SQLException {
        session.update(
                "INSERT INTO entries(room, key, fresh, keep, used, seal, tags, file, size, frame)"
                        + " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                id,
                entry.key(),
                entry.fresh(),
                entry.keep(),
                nowMillis,
                seal(entry),
                tags,
                entry.isFile() ? entry.file() : null,
                entry.sizeBytes(),
                entry.frame());
    }

    private void rewrite(Row old, PackedEntry entry, byte @Nullable [] tags) throws SQLException {
        session.update(
                "UPDATE entries SET fresh = ?, keep = ?, seal = ?, tags = ?, size = ?, frame = ? WHERE id = ?",
                entry.fresh(),
                entry.keep(),
                seal(entry),
                tags,
                entry.sizeBytes(),
                entry.frame(),
                old.id());
        session.knownRows().remember(id, entry.key(), new KnownRows.Guess(old.id(), old.used()));
        use(entry.key(), old.id(), old.used());
        Reclaim.untag(session, old);
    }

    private long seal(PackedEntry entry) {
        return Seal.of(entry.sum(), scope, entry.key(), entry.fresh(), entry.keep());
    }

    /**
     * Stores {@code entry} by one statement where that is all there is to do, and returns whether it was: the row is where it was last time,
     * neither has tags or a file, and no lease stands.
     */
    private boolean overwrite(PackedEntry entry) throws SQLException {
        if (entry.isFile() || !entry.tags().isEmpty() || entry.keep() <= nowMillis) {
            return false;
        }
        byte[] key = entry.key();
        KnownRows.Guess guess = session.knownRows().find(id, key);
        if (guess == null) {
            return false;
        }
        int changed = session.update(
                OVERWRITE,
                entry.fresh(),
                entry.keep(),
                seal(entry),
                entry.sizeBytes(),
                entry.frame(),
                guess.row(),
                id,
                key);
        if (changed == 0) {
            session.knownRows().forget(id, key);
            return false;
        }
        touch(key);
        use(key, guess.row(), guess.used());
        return true;
    }

    private void use(byte[] key, long row, long used) throws SQLException {
        if (recency.isYoung(used, nowMillis)) {
            return;
        }
        if (!recency.note(row, used, nowMillis)) {
            session.update("UPDATE entries SET used = ? WHERE id = ?", nowMillis, row);
        }
        session.knownRows().remember(id, key, new KnownRows.Guess(row, nowMillis));
    }

    private void tag(byte[] key, List<byte[]> tags) throws SQLException {
        long entry = session.number("SELECT id FROM entries WHERE room = ? AND key = ?", id, key);
        for (byte[] tag : tags) {
            session.update("INSERT OR IGNORE INTO tags(room, tag, entry) VALUES(?, ?, ?)", id, tag, entry);
        }
    }

    private void touch(byte[] key) {
        session.touch(ChangeCounts.ofKey(scope, key));
    }

    /** Puts all copies of the cache out of use, those of rows that are not there any more among them. */
    void touchAll() {
        session.touch(ChangeCounts.ofCache(scope));
    }

    /** Removes the entry and its lease, and returns whether it was present. */
    boolean erase(byte[] key) throws SQLException {
        Held held = held(key);
        Row row = held.row();
        touch(key);
        endLease(key, held);
        if (row != null) {
            Reclaim.discard(session, row);
        }
        return isFresh(row);
    }

    /** Gives the entry other deadlines, ends the lease, and returns whether it was present. */
    boolean retime(byte[] key, long fresh, long keep) throws SQLException {
        Held held = held(key);
        Row row = held.row();
        touch(key);
        if (row == null || !isFresh(row)) {
            return false;
        }
        endLease(key, held);
        session.update(
                "UPDATE entries SET fresh = ?, keep = ?, seal = ? WHERE id = ?",
                fresh,
                keep,
                Seal.of(Seal.sum(row.seal()), scope, key, fresh, keep),
                row.id());
        return true;
    }

    /** Removes up to {@code max} entries that carry {@code tag}; returns how many it looked at, and how many of them were present. */
    int[] eraseTagged(String tag, int max) throws SQLException {
        touchAll();
        List<Long> entries = session.all(
                row -> row.number(1),
                "SELECT entry FROM tags WHERE room = ? AND tag = ? LIMIT ?",
                id,
                KeyBytes.encode(tag),
                max);
        int present = 0;
        for (Long entry : entries) {
            Row row = session.first(Row::head, "SELECT " + Row.HEAD + " FROM entries WHERE id = ?", entry);
            if (row == null) {
                throw Damage.found("a tag names an entry that is not there");
            }
            // The load that replaces an entry whose time is over has nothing to do with the tags of that one.
            if (row.keep() > nowMillis) {
                new Leases(this).end(row.key());
            }
            present += isFresh(row) ? 1 : 0;
            Reclaim.discard(session, row);
        }
        return new int[] {entries.size(), present};
    }
}
