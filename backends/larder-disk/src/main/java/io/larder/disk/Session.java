package io.larder.disk;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;

/** A connection to one edition of the database, with the statements that were used on it. Confined to one thread at a time. */
final class Session implements AutoCloseable {

    /** Reads the row that {@code row} stands on. */
    @FunctionalInterface
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private final Connection connection;
    private final ValueFiles files;
    private final ChangeCounts counts;
    private final Map<String, PreparedStatement> statements = new HashMap<>();
    private final List<Long> dropped = new ArrayList<>();
    /** The stripes that the transaction changes, with their counts once it is about to be committed. */
    private final Map<Integer, Long> touched = new HashMap<>();

    private Session(Connection connection, ValueFiles files, ChangeCounts counts) {
        this.connection = connection;
        this.files = files;
        this.counts = counts;
    }

    /** Opens the database, or makes an empty one; {@code files} are those beside it, {@code counts} those of its folder. */
    static Session open(Path database, ValueFiles files, ChangeCounts counts) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        // Waiting is Patience's: SQLite's own pauses grow to a tenth of a second.
        config.setBusyTimeout(0);
        // As a URI, because a plain name must not contain a question mark.
        return new Session(config.createConnection("jdbc:sqlite:" + database.toUri()), files, counts);
    }

    ValueFiles files() {
        return files;
    }

    ChangeCounts counts() {
        return counts;
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
        return execute(PreparedStatement::executeUpdate, sql, parameters);
    }

    /** Returns the first row, or null when there is none. */
    @SuppressWarnings("NullAway") // It takes the answer of a generic lambda for one that is never null.
    <T> @Nullable T first(RowReader<T> reader, String sql, @Nullable Object... parameters) throws SQLException {
        return execute(
                statement -> {
                    try (ResultSet rows = statement.executeQuery()) {
                        return rows.next() ? reader.read(rows) : null;
                    }
                },
                sql,
                parameters);
    }

    /** Returns all rows, of which the statement has to limit the number. */
    <T> List<T> all(RowReader<T> reader, String sql, @Nullable Object... parameters) throws SQLException {
        return execute(
                statement -> {
                    List<T> found = new ArrayList<>();
                    try (ResultSet rows = statement.executeQuery()) {
                        while (rows.next()) {
                            found.add(reader.read(rows));
                        }
                    }
                    return found;
                },
                sql,
                parameters);
    }

    /** Returns the integer that the only row holds; 0 for none. */
    long number(String sql, @Nullable Object... parameters) throws SQLException {
        Long number = first(row -> row.getLong(1), sql, parameters);
        return number == null ? 0 : number;
    }

    /** Begins a transaction that may write; fails where another process has one. */
    void begin() throws SQLException {
        update("BEGIN IMMEDIATE");
    }

    void commit() throws SQLException {
        touched.replaceAll((stripe, none) -> counts.begin(stripe));
        update("COMMIT");
        settle();
        dropped.forEach(files::remove);
        dropped.clear();
    }

    /** Takes back what the transaction did, if SQLite has not done so already. */
    void rollback() {
        dropped.clear();
        try {
            update("ROLLBACK");
        } catch (SQLException e) {
            // Without a transaction there is nothing to take back, and the error that led here is told.
        }
        settle();
    }

    private void settle() {
        touched.forEach(counts::end);
        touched.clear();
    }

    /** What a statement is for. */
    @FunctionalInterface
    private interface Use<T> {
        T of(PreparedStatement statement) throws SQLException;
    }

    private <T> T execute(Use<T> use, String sql, @Nullable Object... parameters) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = prepare(sql);
            statements.put(sql, statement);
        }
        try {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            return use.of(statement);
        } catch (SQLException e) {
            // After an error the driver may have closed it.
            statements.remove(sql);
            statement.close();
            throw e;
        }
    }

    private PreparedStatement prepare(String sql) throws SQLException {
        try {
            return connection.prepareStatement(sql);
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
