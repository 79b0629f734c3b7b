package io.larder.cli.demo;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/** An embedded database of users, products and orders, which counts its queries. Thread-safe. */
final class Orders implements AutoCloseable {

    static final int TEAM_SIZE = 5;

    static final int ORDERS_PER_USER = 200;
    private static final int PRODUCTS = 500;
    private static final int CONNECTIONS = 8;
    private static final String[] TABLES = {
        "CREATE TABLE users (id INT PRIMARY KEY, team INT NOT NULL)",
        "CREATE TABLE products (id INT PRIMARY KEY, category VARCHAR NOT NULL, price_cents INT NOT NULL)",
        """
    CREATE TABLE orders (
      id INT AUTO_INCREMENT PRIMARY KEY, user_id INT NOT NULL, product_id INT NOT NULL, quantity INT NOT NULL)
    """
    };
    private static final String REPORT = """
      SELECT p.category,
             SUM(CASE WHEN o.user_id = me.id THEN o.quantity * p.price_cents ELSE 0 END) AS own_cents,
             SUM(o.quantity * p.price_cents) / COUNT(DISTINCT o.user_id) AS team_cents
        FROM users me
        JOIN users mate ON mate.team = me.team
        JOIN orders o ON o.user_id = mate.id
        JOIN products p ON p.id = o.product_id
       WHERE me.id = ?
       GROUP BY p.category
       ORDER BY own_cents DESC
      """;

    private final BlockingQueue<Connection> connections = new ArrayBlockingQueue<>(CONNECTIONS);
    private final AtomicLong queries = new AtomicLong();
    private final int users;
    private final int teams;

    /** Makes the database in this process, with {@code rows} orders that are the same every time. */
    Orders(int rows) {
        users = rows / ORDERS_PER_USER;
        teams = users / TEAM_SIZE;
        String url = "jdbc:h2:mem:larder-demo-" + UUID.randomUUID();
        try {
            for (int i = 0; i < CONNECTIONS; i++) {
                connections.add(DriverManager.getConnection(url));
            }
            fill(rows);
        } catch (SQLException e) {
            close();
            throw failed("make", e);
        }
    }

    private void fill(int rows) throws SQLException {
        try (Statement sql = connections.element().createStatement()) {
            for (String table : TABLES) {
                sql.execute(table);
            }
            sql.execute("INSERT INTO users SELECT x, MOD(x, " + teams + ") FROM SYSTEM_RANGE(1, " + users + ")");
            sql.execute("INSERT INTO products SELECT x, 'category ' || MOD(x, 12), 100 + MOD(x * 37, 900)"
                    + " FROM SYSTEM_RANGE(1, " + PRODUCTS + ")");
            sql.execute("INSERT INTO orders (user_id, product_id, quantity) SELECT 1 + MOD(x, " + users
                    + "), 1 + MOD(x * 7919, " + PRODUCTS + "), 1 + MOD(x, 5) FROM SYSTEM_RANGE(1, " + rows + ")");
            sql.execute("CREATE INDEX users_by_team ON users (team)");
            sql.execute("CREATE INDEX orders_by_user ON orders (user_id)");
        }
    }

    int users() {
        return users;
    }

    /** Returns the tag of the team of {@code userId}: what changes one member's orders changes all their reports. */
    String teamTag(int userId) {
        return "team:" + userId % teams;
    }

    /** Returns the members of the team of {@code userId}. */
    List<Integer> team(int userId) {
        List<Integer> members = new ArrayList<>();
        for (int id = 1; id <= users; id++) {
            if (id % teams == userId % teams) {
                members.add(id);
            }
        }
        return members;
    }

    /** Returns how many reports were asked for so far. */
    long queries() {
        return queries.get();
    }

    SpendingReport report(int userId) {
        queries.incrementAndGet();
        return onConnection("read", connection -> {
            List<SpendingReport.Line> lines = new ArrayList<>();
            try (PreparedStatement sql = connection.prepareStatement(REPORT)) {
                sql.setInt(1, userId);
                try (ResultSet rows = sql.executeQuery()) {
                    while (rows.next()) {
                        lines.add(new SpendingReport.Line(rows.getString(1), rows.getLong(2), rows.getLong(3)));
                    }
                }
            }
            return new SpendingReport(userId, lines);
        });
    }

    void order(int userId, int productId, int quantity) {
        onConnection("change", connection -> {
            try (PreparedStatement sql = connection.prepareStatement(
                    "INSERT INTO orders (user_id, product_id, quantity) VALUES (?, ?, ?)")) {
                sql.setInt(1, userId);
                sql.setInt(2, productId);
                sql.setInt(3, quantity);
                return sql.executeUpdate();
            }
        });
    }

    private <T> T onConnection(String verb, Work<T> work) {
        Connection connection;
        try {
            connection = connections.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for a connection", e);
        }
        try {
            return work.on(connection);
        } catch (SQLException e) {
            throw failed(verb, e);
        } finally {
            connections.add(connection);
        }
    }

    private static IllegalStateException failed(String verb, SQLException cause) {
        return new IllegalStateException("Cannot " + verb + " the demo's database: " + cause.getMessage(), cause);
    }

    /** Forgets the database with its last connection. */
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

    private interface Work<T> {
        T on(Connection connection) throws SQLException;
    }
}
