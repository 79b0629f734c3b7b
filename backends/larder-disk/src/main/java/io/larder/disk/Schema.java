package io.larder.disk;

import io.larder.BackendException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/** The tables, and how a database is told from a newer Larder's and from a damaged one. */
final class Schema {

    /** Raised by whatever an older Larder could not read or would write wrongly. */
    static final int VERSION = 1;

    /** "Lrdr", where SQLite lets a program say whose file it is. */
    static final int APPLICATION = 0x4C726472;

    static final int PAGE_BYTES = 4096;

    private static final List<String> TABLES = List.of(
            // What one cache holds between two clears; without a scope, it waits to be reclaimed. Ids are never used
            // again.
            "CREATE TABLE rooms(id INTEGER PRIMARY KEY AUTOINCREMENT, scope BLOB UNIQUE, epoch INTEGER NOT NULL)",
            // The frame is last, so that the columns before it are read without it. Either frame or file is null.
            "CREATE TABLE entries(id INTEGER PRIMARY KEY, room INTEGER NOT NULL, key BLOB NOT NULL, fresh INTEGER NOT NULL,"
                    + " keep INTEGER NOT NULL, used INTEGER NOT NULL, seal INTEGER NOT NULL, tags BLOB, file INTEGER,"
                    + " size INTEGER NOT NULL, frame BLOB, UNIQUE(room, key))",
            "CREATE INDEX entries_by_use ON entries(used)",
            "CREATE INDEX entries_by_end ON entries(keep) WHERE keep < " + Long.MAX_VALUE,
            "CREATE UNIQUE INDEX entries_by_file ON entries(file) WHERE file IS NOT NULL",
            "CREATE TABLE tags(room INTEGER, tag BLOB, entry INTEGER, PRIMARY KEY(room, tag, entry)) WITHOUT ROWID",
            "CREATE TABLE leases(room INTEGER, key BLOB, token TEXT NOT NULL, epoch INTEGER NOT NULL,"
                    + " granted INTEGER NOT NULL, PRIMARY KEY(room, key)) WITHOUT ROWID",
            "CREATE TABLE marks(room INTEGER, tag BLOB, epoch INTEGER NOT NULL, PRIMARY KEY(room, tag)) WITHOUT ROWID",
            "CREATE TABLE totals(file_bytes INTEGER NOT NULL)",
            "INSERT INTO totals VALUES(0)",
            "CREATE TRIGGER file_added AFTER INSERT ON entries WHEN NEW.file IS NOT NULL"
                    + " BEGIN UPDATE totals SET file_bytes = file_bytes + NEW.size; END",
            "CREATE TRIGGER file_removed AFTER DELETE ON entries WHEN OLD.file IS NOT NULL"
                    + " BEGIN UPDATE totals SET file_bytes = file_bytes - OLD.size; END");

    private Schema() {}

    /** Makes the tables in an empty database; a process that is killed meanwhile leaves it empty. */
    static void make(Session session) throws SQLException {
        // Both only work before the first table.
        session.run("PRAGMA page_size = " + PAGE_BYTES);
        session.run("PRAGMA auto_vacuum = INCREMENTAL");
        session.begin();
        for (String table : TABLES) {
            session.run(table);
        }
        session.run("PRAGMA application_id = " + APPLICATION);
        session.run("PRAGMA user_version = " + VERSION);
        session.commit(0);
    }

    static boolean isMade(Session session) throws SQLException {
        return session.number("PRAGMA application_id") == APPLICATION;
    }

    /** Fails with {@link SQLException} for a database that is damaged, with {@link BackendException} for a newer Larder's. */
    static void check(Session session, Path database) throws SQLException {
        if (!isMade(session)) {
            throw Damage.found("it is not a cache");
        }
        long version = session.number("PRAGMA user_version");
        if (version > VERSION) {
            throw BackendException.lasting(
                    "Cannot use the cache in '" + database + "': a newer Larder made it, of version " + version
                            + ", and this one reads version " + VERSION + ". Update Larder, or name another folder",
                    null);
        }
        if (version < VERSION) {
            throw Damage.found("its version is " + version);
        }
    }
}
