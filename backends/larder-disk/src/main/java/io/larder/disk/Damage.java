package io.larder.disk;

import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;

/** Tells a damaged database from one that is busy, full or out of reach. */
final class Damage {

    private static final int PRIMARY = 0xFF;

    /** What SQLite says, with its code for anything else, when the number of the schema's format in the header is none it knows. */
    private static final String UNKNOWN_FORMAT = "unsupported file format";

    private Damage() {}

    /** Returns a failure that says that the database contradicts itself. */
    static SQLException found(String how) {
        return new SQLException("The database is damaged: " + how, null, SQLiteErrorCode.SQLITE_CORRUPT.code);
    }

    static boolean isIn(SQLException failure) {
        // A constraint that fails says that an index does not know a row which is there.
        return is(failure, SQLiteErrorCode.SQLITE_CORRUPT)
                || is(failure, SQLiteErrorCode.SQLITE_NOTADB)
                || is(failure, SQLiteErrorCode.SQLITE_CONSTRAINT)
                || (is(failure, SQLiteErrorCode.SQLITE_ERROR)
                        && String.valueOf(failure.getMessage()).contains(UNKNOWN_FORMAT));
    }

    static boolean isBehind(RuntimeException failure) {
        return failure.getCause() instanceof SQLException cause && isIn(cause);
    }

    /** Returns whether {@code failure} is of this kind, whatever its finer code. */
    static boolean is(SQLException failure, SQLiteErrorCode kind) {
        return (failure.getErrorCode() & PRIMARY) == kind.code;
    }
}
