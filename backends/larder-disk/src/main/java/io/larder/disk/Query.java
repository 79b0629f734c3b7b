package io.larder.disk;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;
import org.sqlite.core.Codes;
import org.sqlite.core.CoreStatement;
import org.sqlite.core.DB;

/**
 * A statement that is kept, and the row that it stands on. Confined to one thread at a time.
 *
 * <p>Prepared by JDBC and run by the driver's own functions: what JDBC does around them takes as long as most of our statements.
 */
final class Query {

    private static final int PRIMARY = 0xFF;

    private final PreparedStatement statement;
    private final DB database;
    private final long pointer;

    Query(SQLiteConnection connection, String sql) throws SQLException {
        this.statement = connection.prepareStatement(sql);
        this.database = connection.getDatabase();
        this.pointer = core().pointer.safeRunLong((database, pointer) -> pointer);
    }

    private CoreStatement core() {
        return (CoreStatement) statement;
    }

    /** Goes to the first row, and returns whether there is one; {@link #end} comes afterwards. */
    boolean start(@Nullable Object... parameters) throws SQLException {
        return database.execute(core(), parameters);
    }

    /** Goes to the next row, and returns whether there is one. */
    boolean next() throws SQLException {
        int code = database.step(pointer);
        if ((code & PRIMARY) != Codes.SQLITE_ROW && (code & PRIMARY) != Codes.SQLITE_DONE) {
            database.throwex(code);
        }
        return (code & PRIMARY) == Codes.SQLITE_ROW;
    }

    /** Lets go of the rows. */
    void end() throws SQLException {
        database.reset(pointer);
    }

    /** Does all there is to do, and drops what it returns. */
    void run(@Nullable Object... parameters) throws SQLException {
        if (start(parameters)) {
            while (next()) {
                // A pragma says what it has done.
            }
            end();
        }
    }

    /** Returns how many rows the statement that ran last has changed. */
    long changes() throws SQLException {
        return database.changes();
    }

    /** Returns an integer of this row, 0 for NULL; columns count from 1. */
    long number(int column) throws SQLException {
        return database.column_long(pointer, column - 1);
    }

    byte @Nullable [] bytes(int column) throws SQLException {
        return database.column_blob(pointer, column - 1);
    }

    /** Returns a text of this row, an empty one for NULL. */
    String text(int column) throws SQLException {
        String text = database.column_text(pointer, column - 1);
        return text == null ? "" : text;
    }

    void close() throws SQLException {
        statement.close();
    }
}
