package io.larder.disk;

import java.sql.SQLException;
import java.util.List;

/** Gives back what nobody can see any more, a part at a time, so that no transaction takes long. */
final class Reclaim {

    /** How many rows one transaction removes at most. */
    static final int ROWS_MAX = 512;

    private Reclaim() {}

    /** Removes an entry with its tags, and its file once the transaction is committed. */
    static void discard(Session session, Row row) throws SQLException {
        if (session.update("DELETE FROM entries WHERE id = ?", row.id()) != 1) {
            // Whoever removes what is oldest until there is room would look for ever.
            throw Damage.found("an index names an entry that is not there");
        }
        untag(session, row);
        if (row.file() != 0) {
            session.drop(row.file());
        }
    }

    static void untag(Session session, Row row) throws SQLException {
        for (byte[] tag : TagList.decode(row.tags())) {
            session.update("DELETE FROM tags WHERE room = ? AND tag = ? AND entry = ?", row.room(), tag, row.id());
        }
    }

    /** Removes some entries whose time is over, and returns how many. */
    static int expired(Session session, long nowMillis) throws SQLException {
        return discard(
                session,
                session.all(
                        Row::head,
                        "SELECT " + Row.HEAD + " FROM entries WHERE keep <= ? AND keep < " + Long.MAX_VALUE
                                + " ORDER BY keep LIMIT " + ROWS_MAX,
                        nowMillis));
    }

    static boolean hasExpired(Session session, long nowMillis) throws SQLException {
        return session.number(
                        "SELECT EXISTS(SELECT 1 FROM entries WHERE keep <= ? AND keep < " + Long.MAX_VALUE + ")",
                        nowMillis)
                == 1;
    }

    /** Removes a part of what caches left behind when they were cleared, and returns 0 when nothing of it is left. */
    static int clearedRooms(Session session) throws SQLException {
        long room = session.number("SELECT id FROM rooms WHERE scope IS NULL LIMIT 1");
        if (room == 0) {
            return 0;
        }
        int discarded = discard(
                session,
                session.all(Row::head, "SELECT " + Row.HEAD + " FROM entries WHERE room = ? LIMIT " + ROWS_MAX, room));
        if (discarded < ROWS_MAX) {
            session.update("DELETE FROM tags WHERE room = ?", room);
            session.update("DELETE FROM leases WHERE room = ?", room);
            session.update("DELETE FROM marks WHERE room = ?", room);
            session.update("DELETE FROM rooms WHERE id = ?", room);
        }
        return discarded + 1;
    }

    static boolean hasClearedRooms(Session session) throws SQLException {
        return session.number("SELECT EXISTS(SELECT 1 FROM rooms WHERE scope IS NULL)") == 1;
    }

    /** Removes leases whose holders died, and marks that no lease is left to notice. */
    static void leases(Session session, long grantedBeforeMillis) throws SQLException {
        session.update("DELETE FROM leases WHERE granted < ?", grantedBeforeMillis);
        session.update("DELETE FROM marks WHERE room NOT IN (SELECT room FROM leases)");
    }

    private static int discard(Session session, List<Row> rows) throws SQLException {
        for (Row row : rows) {
            discard(session, row);
        }
        return rows.size();
    }
}
