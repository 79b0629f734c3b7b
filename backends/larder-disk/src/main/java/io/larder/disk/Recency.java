package io.larder.disk;

import java.sql.SQLException;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers which entries were read, to be written down many at a time. Thread-safe.
 *
 * <p>A hit writes nothing. It is only noted, and not even that where the last use that is written down is young, compared with the
 * oldest entry: an order that is right to a sixteenth gives up the same entries. What is put again is noted in the same way, and keeps
 * its place in the index of last uses until then.
 */
final class Recency {

    /** How many are remembered at most between two writings; more are forgotten. */
    private static final int NOTED_MAX = 2_048;

    private static final int SHARES = 16;

    private final ConcurrentHashMap<Long, Long> usedById = new ConcurrentHashMap<>();
    private volatile long stepMillis;

    /** Notes that an entry was read, and returns whether it did. */
    boolean note(long id, long writtenMillis, long nowMillis) {
        if (nowMillis - writtenMillis > stepMillis && usedById.size() < NOTED_MAX) {
            usedById.put(id, nowMillis);
            return true;
        }
        return false;
    }

    /** Returns whether the last use that is written down is so young that another one need not be noted. */
    boolean isYoung(long writtenMillis, long nowMillis) {
        return nowMillis >= writtenMillis && nowMillis - writtenMillis <= stepMillis;
    }

    boolean isEmpty() {
        return usedById.isEmpty();
    }

    /** Writes down what was noted. */
    void write(Session session) throws SQLException {
        long latestMillis = 0;
        for (Iterator<Map.Entry<Long, Long>> noted = usedById.entrySet().iterator(); noted.hasNext(); ) {
            Map.Entry<Long, Long> use = noted.next();
            noted.remove();
            session.update(
                    "UPDATE entries SET used = ? WHERE id = ? AND used < ?",
                    use.getValue(),
                    use.getKey(),
                    use.getValue());
            latestMillis = Math.max(latestMillis, use.getValue());
        }
        if (latestMillis > 0) {
            long oldestMillis = session.number("SELECT min(used) FROM entries");
            stepMillis = Math.max(0, latestMillis - oldestMillis) / SHARES;
        }
    }
}
