package io.larder.bench.engines;

import io.larder.bench.mix.Engine;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/** SQLite in WAL mode: a connection that writes, and one for each thread that reads. */
final class SqliteEngine implements Engine {

    private static final int BUSY_MILLIS = 60_000;

    private final String url;
    private final SQLiteConfig config = new SQLiteConfig();
    private final Queue<Connection> connections = new ConcurrentLinkedQueue<>();
    private final ThreadLocal<PreparedStatement> gets =
            ThreadLocal.withInitial(() -> prepare(connect(), "SELECT value FROM entries WHERE key = ?"));
    private final PreparedStatement put;
    private final PreparedStatement remove;

    SqliteEngine(Path folder, Durability durability) {
        url = "jdbc:sqlite:" + folder.resolve("engine.db");
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(
                durability == Durability.DURABLE
                        ? SQLiteConfig.SynchronousMode.FULL
                        : SQLiteConfig.SynchronousMode.NORMAL);
        config.setBusyTimeout(BUSY_MILLIS);
        Connection writer = connect();
        try (Statement statement = writer.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS entries(key TEXT PRIMARY KEY, value BLOB)");
        } catch (SQLException e) {
            throw failed("make its table", e);
        }
        put = prepare(writer, "INSERT OR REPLACE INTO entries VALUES(?, ?)");
        remove = prepare(writer, "DELETE FROM entries WHERE key = ?");
    }

    @Override
    public byte @Nullable [] get(String key) {
        PreparedStatement get = gets.get();
        try {
            get.setString(1, key);
            try (ResultSet row = get.executeQuery()) {
                return row.next() ? row.getBytes(1) : null;
            }
        } catch (SQLException e) {
            throw failed("get", e);
        }
    }

    @Override
    public void put(String key, byte[] value) {
        synchronized (put) {
            try {
                put.setString(1, key);
                put.setBytes(2, value);
                put.executeUpdate();
            } catch (SQLException e) {
                throw failed("put", e);
            }
        }
    }

    @Override
    public void remove(String key) {
        synchronized (put) {
            try {
                remove.setString(1, key);
                remove.executeUpdate();
            } catch (SQLException e) {
                throw failed("remove", e);
            }
        }
    }

    @Override
    public void close() {
        for (Connection connection : connections) {
            try {
                connection.close();
            } catch (SQLException e) {
                throw failed("close", e);
            }
        }
    }

    private Connection connect() {
        try {
            Connection connection = config.createConnection(url);
            connections.add(connection);
            return connection;
        } catch (SQLException e) {
            throw failed("open", e);
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql) {
        try {
            return connection.prepareStatement(sql);
        } catch (SQLException e) {
            throw failed("prepare '" + sql + "'", e);
        }
    }

    private static IllegalStateException failed(String what, SQLException cause) {
        return new IllegalStateException("SQLite cannot " + what, cause);
    }
}
