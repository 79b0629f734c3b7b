package io.larder.disk;

import io.larder.BackendException;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;

/** Puts what SQLite says into words. Immutable. */
record DiskErrors(Folder folder) {

    BackendException explain(SQLException failure) {
        if (Damage.is(failure, SQLiteErrorCode.SQLITE_BUSY) || Damage.is(failure, SQLiteErrorCode.SQLITE_LOCKED)) {
            return BackendException.passing(
                    "Cannot write to the cache in '" + folder.path()
                            + "': other processes have had its lock all the time. Raise 'timeout', or look for one that hangs",
                    failure);
        }
        if (Damage.is(failure, SQLiteErrorCode.SQLITE_FULL)) {
            return folder.full(failure);
        }
        if (Damage.is(failure, SQLiteErrorCode.SQLITE_READONLY)
                || Damage.is(failure, SQLiteErrorCode.SQLITE_CANTOPEN)
                || Damage.is(failure, SQLiteErrorCode.SQLITE_PERM)
                || Damage.is(failure, SQLiteErrorCode.SQLITE_AUTH)) {
            return BackendException.lasting(
                    "Cannot use the cache in '" + folder.path() + "': this user may not write there ("
                            + failure.getMessage() + "). Give it the right to, or name another folder",
                    failure);
        }
        return BackendException.passing(
                "Cannot use the cache in '" + folder.path() + "': " + failure.getMessage() + ". Look at the disk",
                failure);
    }

    BackendException rebuilt(SQLException damage) {
        return BackendException.passing(
                "The cache in '" + folder.path() + "' was damaged and is empty now (" + damage.getMessage()
                        + "). Nothing needs to be done, but look at the disk",
                damage);
    }

    BackendException slow() {
        return BackendException.passing(
                "Cannot write to the cache in '" + folder.path()
                        + "' in time, and whether it was done is not known. Raise 'timeout', or look at the disk",
                null);
    }
}
