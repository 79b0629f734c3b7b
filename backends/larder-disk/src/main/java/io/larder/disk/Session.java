package io.larder.disk;

import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteOpenMode;

/** A connection to one edition of the database, with the statements that were used on it. Confined to one thread at a time. */
final class Session implements AutoCloseable {

    /** Reads the row that {@code row} stands on. */
    @FunctionalInterface
    interface RowReader<T> {
        T read(Query row) throws SQLException;
    }

    private final SQLiteConnection connection;
    private final ValueFiles files;
    private final ChangeCounts counts;
    private final Rooms rooms = new Rooms();
    private final KnownRows knownRows = new KnownRows();
    private final Snapshot snapshot = new Snapshot(this);
    private final Map<String, Query> queries = new HashMap<>();
    private final List<Long> dropped = new ArrayList<>();
    /** The stripes that the transaction changes, with their counts once it is about to be committed. */
    private final Map<Integer, Long> touched = new HashMap<>();

    private boolean isWriting;

    private Session(SQLiteConnection connection, ValueFiles files, ChangeCounts counts) {
        this.connection = connection;
        this.files = files;
        this.counts = counts;
    }

    /** Opens the database, or makes an empty one; {@code files} are those beside it, {@code counts} those of its folder. */
    static Session open(Path database, ValueFiles files, ChangeCounts counts) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        // Waiting is Patience's: SQLite's own pauses grow to a tenth of a second.
        config.setBusyTimeout(0);
        // SQLite need not lock what only one thread uses at a time.
        config.setOpenMode(SQLiteOpenMode.NOMUTEX);
        // As a URI, because a plain name must not contain a question mark.
        SQLiteConnection connection = (SQLiteConnection) config.createConnection("jdbc:sqlite:" + database.toUri());
        // Transactions are ours: the driver would try to begin and commit one after each statement.
        connection.getConnectionConfig().setAutoCommit(false);
        return new Session(connection, files, counts);
    }

    ValueFiles files() {
        return files;
    }

    ChangeCounts counts() {
        return counts;
    }

    Rooms rooms() {
        return rooms;
    }

    KnownRows knownRows() {
        return knownRows;
    }

    Snapshot snapshot() {
        return snapshot;
    }

    /** Notes that the transaction changes what copies there may be of a stripe. */
    void touch(int stripe) {
        touched.put(stripe, 0L);
    }

    /** Removes a file as soon as the transaction that no longer refers to it is committed, unless somebody {@linkplain #takeDropped takes} it. */
    void drop(long file) {
        dropped.add(file);
    }

    /** Returns the files dropped since the last time; who takes them removes them after the commit. */
    List<Long> takeDropped() {
        List<Long> taken = List.copyOf(dropped);
        dropped.clear();
        return taken;
    }

    /** Runs a statement that is not worth keeping, such as one that makes a table, to its end; what it returns is dropped. */
    void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    /** Changes rows and returns how many. */
    int update(String sql, @Nullable Object... parameters) throws SQLException {
        return Math.toIntExact(execute(
                query -> {
                    query.run(parameters);
                    return query.changes();
                },
                sql));
    }

    private void finish(String sql) throws SQLException {
        execute(
                query -> {
                    query.run();
                    return true;
                },
                sql);
    }

    /** Returns the first row, or null when there is none. */
    @SuppressWarnings("NullAway") // It takes the answer of a generic lambda for one that is never null.
    <T> @Nullable T first(RowReader<T> reader, String sql, @Nullable Object... parameters) throws SQLException {
        return execute(
                query -> {
                    T found = query.start(parameters) ? reader.read(query) : null;
                    query.end();
                    return found;
                },
                sql);
    }

    /** Returns all rows, of which the statement has to limit the number. */
    <T> List<T> all(RowReader<T> reader, String sql, @Nullable Object... parameters) throws SQLException {
        return execute(
                query -> {
                    List<T> found = new ArrayList<>();
                    for (boolean more = query.start(parameters); more; more = query.next()) {
                        found.add(reader.read(query));
                    }
                    query.end();
                    return found;
                },
                sql);
    }

    /** Returns the integer that the only row holds; 0 for none. */
    long number(String sql, @Nullable Object... parameters) throws SQLException {
        Long number = first(row -> row.number(1), sql, parameters);
        return number == null ? 0 : number;
    }

    /** Begins a transaction that may write; fails where another process has one. */
    void begin() throws SQLException {
        try {
            finish("BEGIN IMMEDIATE");
        } catch (SQLException e) {
            snapshot.letGo();
            throw e;
        }
        isWriting = true;
        snapshot.begun();
    }

    /** Commits what brought so many bytes. */
    void commit(long broughtBytes) throws SQLException {
        touch(ChangeCounts.ALL);
        touched.replaceAll((stripe, none) -> counts.begin(stripe));
        snapshot.beforeCommit(broughtBytes);
        finish("COMMIT");
        isWriting = false;
        snapshot.committed(touched.getOrDefault(ChangeCounts.ALL, 0L) + 1);
        settle();
        dropped.forEach(files::retire);
        dropped.clear();
    }

    /** Takes back what the transaction did, if SQLite has not done so already. */
    void rollback() {
        dropped.clear();
        rooms.forget();
        snapshot.letGo();
        try {
            finish("ROLLBACK");
        } catch (SQLException e) {
            // Without a transaction there is nothing to take back, and the error that led here is told.
        }
        isWriting = false;
        settle();
    }

    /** Leaves a statement open at its first row, and returns whether it has one. */
    boolean hold(String sql) throws SQLException {
        return execute(query -> query.start(), sql);
    }

    /** Ends a statement that was left open. */
    void letGo(String sql) {
        Query open = queries.get(sql);
        try {
            if (open != null) {
                open.end();
            }
        } catch (SQLException e) {
            // SQLite only repeats what the statement has said.
        }
    }

    private void settle() {
        touched.forEach(counts::end);
        touched.clear();
    }

    /** What a statement is for. */
    @FunctionalInterface
    private interface Use<T> {
        T of(Query query) throws SQLException;
    }

    private <T> T execute(Use<T> use, String sql) throws SQLException {
        if (!isWriting) {
            snapshot.renew();
        }
        Query query = queries.get(sql);
        if (query == null) {
            query = prepare(sql);
            queries.put(sql, query);
        }
        boolean sound = false;
        try {
            T result = use.of(query);
            sound = true;
            return result;
        } finally {
            if (!sound) {
                // After an error the driver may have closed it.
                queries.remove(sql);
                query.close();
            }
        }
    }

    private Query prepare(String sql) throws SQLException {
        try {
            return new Query(connection, sql);
        } catch (SQLException e) {
            // The statements are right, so it is the tables that are not what they were.
            throw Damage.is(e, SQLiteErrorCode.SQLITE_ERROR) ? Damage.found(String.valueOf(e.getMessage())) : e;
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            // What was committed is in the file, and nobody can do anything about the rest.
        }
    }
}
