package io.larder.disk;

import io.larder.codec.KeyBytes;
import io.larder.spi.KeyPattern;
import io.larder.spi.Lease;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;

/**
 * The leases of a room, which every process sees. Confined to one transaction.
 *
 * <p>Invalidating a tag moves the room's epoch and marks the tag with it, as long as there are leases that have to notice.
 */
final class Leases {

    private final Session session;
    private final Room room;

    Leases(Room room) {
        this.room = room;
        this.session = room.session();
    }

    /** Returns the lease that stands, or a new one with {@code token} where the last one is over. */
    Lease<byte[]> take(byte[] key, String token, long leaseMillis) throws SQLException {
        long now = room.nowMillis();
        // A lease of the future is one from before the clock was set back.
        Lease<byte[]> standing = session.first(
                row -> new Lease<>(row.text(1), row.number(2)),
                "SELECT token, epoch FROM leases WHERE room = ? AND key = ? AND granted BETWEEN ? AND ?",
                room.id(),
                key,
                now - leaseMillis + 1,
                now);
        if (standing != null) {
            return standing;
        }
        long epoch = session.number("SELECT epoch FROM rooms WHERE id = ?", room.id());
        session.update(
                "INSERT OR REPLACE INTO leases(room, key, token, epoch, granted) VALUES(?, ?, ?, ?, ?)",
                room.id(),
                key,
                token,
                epoch,
                now);
        return new Lease<>(token, epoch);
    }

    /** Ends {@code lease}, and returns whether it stood and none of {@code tags} was invalidated since it was granted. */
    boolean end(byte[] key, Lease<byte[]> lease, Collection<String> tags) throws SQLException {
        int ended = session.update(
                "DELETE FROM leases WHERE room = ? AND key = ? AND token = ? AND epoch = ?",
                room.id(),
                key,
                lease.token(),
                lease.epoch());
        boolean stood = ended > 0;
        for (String tag : tags) {
            stood = stood
                    && session.number(
                                    "SELECT epoch FROM marks WHERE room = ? AND tag = ?",
                                    room.id(),
                                    KeyBytes.encode(tag))
                            <= lease.epoch();
        }
        return stood;
    }

    /** Ends whatever lease stands for {@code key}. */
    void end(byte[] key) throws SQLException {
        session.update("DELETE FROM leases WHERE room = ? AND key = ?", room.id(), key);
    }

    /** Ends the leases of all keys that match. */
    void end(KeyPattern pattern) throws SQLException {
        List<byte[]> keys = session.all(row -> Row.key(row, 1), "SELECT key FROM leases WHERE room = ?", room.id());
        for (byte[] key : keys) {
            if (pattern.isAll() || pattern.matches(KeyBytes.decode(key))) {
                end(key);
            }
        }
    }

    /** Makes every lease that stands too old for entries with {@code tag}. */
    void invalidated(String tag) throws SQLException {
        if (session.number("SELECT EXISTS(SELECT 1 FROM leases WHERE room = ?)", room.id()) == 1) {
            session.update("UPDATE rooms SET epoch = epoch + 1 WHERE id = ?", room.id());
            session.update(
                    "INSERT OR REPLACE INTO marks(room, tag, epoch) SELECT id, ?, epoch FROM rooms WHERE id = ?",
                    KeyBytes.encode(tag),
                    room.id());
        }
    }
}
