package io.larder.disk;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * An entry as the database has it, without its frame. Immutable.
 *
 * @param tags as {@link TagList} writes them, null for none
 * @param file the large frame's file, 0 for none
 */
@SuppressWarnings("ArrayRecordComponent") // Rows are not compared.
record Row(
        long id,
        long room,
        byte[] key,
        long fresh,
        long keep,
        long seal,
        byte @Nullable [] tags,
        long file,
        long used) {

    private static final byte[] NO_KEY = {};

    /** The columns that {@link #head} reads. */
    static final String HEAD = "id, room, key, fresh, keep, seal, tags, file, used";

    static final int HEAD_COLUMNS = 9;

    static Row head(Query row) throws SQLException {
        return new Row(
                row.number(1),
                row.number(2),
                key(row, 3),
                row.number(4),
                row.number(5),
                row.number(6),
                row.bytes(7),
                row.number(8),
                row.number(9));
    }

    /** Returns the key in a column. Damage can make it NULL; then it is the empty one, whose seal is another. */
    static byte[] key(Query row, int column) throws SQLException {
        byte[] key = row.bytes(column);
        return key == null ? NO_KEY : key;
    }

    /** Returns this with the key that led here, for the seal to be checked against. */
    Row foundBy(byte[] wanted) {
        return new Row(id, room, wanted, fresh, keep, seal, tags, file, used);
    }
}
