package io.larder.disk;

import io.larder.codec.KeyBytes;
import io.larder.spi.KeyPattern;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

/**
 * A way through a cache's rows in the order of their keys, a page at a time, by the key where the last page ended. Confined to one
 * caller at a time.
 *
 * <p>No transaction stays open in between; one would keep the journal from being emptied.
 */
final class Walk {

    private static final String ROWS = "SELECT " + Row.HEAD + " FROM entries"
            + " WHERE room = (SELECT id FROM rooms WHERE scope = ?) AND key >= ? AND key < ? ORDER BY key LIMIT "
            + Reclaim.ROWS_MAX;

    /** Behind every key: no key contains this byte. */
    private static final byte[] END = {(byte) 0xFF};

    private final byte[] scope;
    private final byte[] to;
    private byte[] from;

    Walk(byte[] scope, KeyPattern pattern) {
        this.scope = scope;
        this.from = KeyBytes.encode(pattern.literalPrefix());
        this.to = from.length == 0 ? END : behind(from);
    }

    /** Returns the first key that does not begin with {@code prefix}; keys have no byte that cannot be counted up. */
    private static byte[] behind(byte[] prefix) {
        byte[] behind = prefix.clone();
        behind[behind.length - 1]++;
        return behind;
    }

    /** Returns the next rows, empty at the end; the walk goes on from there at {@link #advance}. */
    List<Row> rows(Session session) throws SQLException {
        List<Row> rows = session.all(Row::head, ROWS, scope, from, to);
        if (!rows.isEmpty() && Arrays.compareUnsigned(last(rows), from) < 0) {
            throw Damage.found("its keys are out of order");
        }
        return rows;
    }

    void advance(List<Row> rows) {
        if (!rows.isEmpty()) {
            // The shortest key behind the last one.
            from = Arrays.copyOf(last(rows), last(rows).length + 1);
        }
    }

    private static byte[] last(List<Row> rows) {
        return rows.get(rows.size() - 1).key();
    }
}
