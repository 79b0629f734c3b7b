package io.larder.disk;

import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * The rooms that transactions on one connection have found. Confined to the transaction that runs on it.
 *
 * <p>Whoever leaves a room counts that as a change of its cache before it is committed, and nobody commits while this transaction has
 * SQLite's write lock: as long as the count is the one at which a room was found, it still is that cache's.
 */
final class Rooms {

    /** How many are remembered; with more caches in one folder, all are looked up again. */
    private static final int REMEMBERED_MAX = 1_024;

    private static final String FIND = "SELECT id FROM rooms WHERE scope = ?";

    private record Found(long id, long count) {}

    private final Map<ByteBuffer, Found> byScope = new HashMap<>();

    /** Returns the number of a cache's room, made where there is none. */
    long find(Session session, byte[] scope) throws SQLException {
        long count = session.counts().at(ChangeCounts.ofCache(scope));
        Found known = byScope.get(ByteBuffer.wrap(scope));
        if (known != null && known.count == count) {
            return known.id;
        }
        long id = session.number(FIND, scope);
        if (id == 0) {
            session.update("INSERT INTO rooms(scope, epoch) VALUES(?, 0)", scope);
            id = session.number(FIND, scope);
        }
        if (byScope.size() >= REMEMBERED_MAX) {
            byScope.clear();
        }
        byScope.put(ByteBuffer.wrap(scope), new Found(id, count));
        return id;
    }

    /** Forgets all, because this transaction leaves one, or what it made is taken back. */
    void forget() {
        byScope.clear();
    }
}
