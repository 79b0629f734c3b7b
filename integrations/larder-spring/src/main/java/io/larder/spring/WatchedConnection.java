package io.larder.spring;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells {@link TableTags} of the tables that a connection has written, when that is committed. Confined to one thread, as a connection is.
 *
 * <p>Where it is not known whether something was written or committed, because a statement has failed or the connection is closed, it counts
 * as committed: an entry too few costs a load.
 */
final class WatchedConnection implements InvocationHandler {

    private final Connection target;
    private final TableTags tags;
    private final Set<String> written = new LinkedHashSet<>();

    WatchedConnection(Connection target, TableTags tags) {
        this.target = target;
        this.tags = tags;
    }

    Connection proxy() {
        return proxy(Connection.class, this);
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(WatchedConnection.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        Object result = called(target, proxy, method, arguments);
        String sql = arguments != null && arguments.length > 0 && arguments[0] instanceof String text ? text : "";
        switch (method.getName()) {
            case "createStatement" -> {
                return proxy(Statement.class, new WatchedStatement((Statement) result, (Connection) proxy, ""));
            }
            case "prepareStatement" -> {
                return proxy(
                        PreparedStatement.class, new WatchedStatement((Statement) result, (Connection) proxy, sql));
            }
            case "prepareCall" -> {
                return proxy(
                        CallableStatement.class, new WatchedStatement((Statement) result, (Connection) proxy, sql));
            }
            case "commit", "close" -> committed();
            case "setAutoCommit" -> committedIfAutomatic();
            case "rollback" -> {
                // Back to a savepoint, what was written before it still stands.
                if (method.getParameterCount() == 0) {
                    written.clear();
                }
            }
            default -> {
                // Changes nothing.
            }
        }
        return result;
    }

    /** Calls the target; what two proxies are compared by are the proxies. */
    private static @Nullable Object called(
            Object target, Object proxy, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
        if (method.getName().equals("equals") && arguments != null) {
            return proxy == arguments[0];
        }
        if (method.getName().equals("hashCode")) {
            return System.identityHashCode(proxy);
        }
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause() == null ? thrown : thrown.getCause();
        }
    }

    private void committed() {
        if (!written.isEmpty()) {
            Set<String> tables = Set.copyOf(written);
            written.clear();
            tags.committed(tables);
        }
    }

    private void committedIfAutomatic() throws SQLException {
        if (!written.isEmpty() && target.getAutoCommit()) {
            committed();
        }
    }

    /** A statement that says what it writes. Confined to one thread. */
    private final class WatchedStatement implements InvocationHandler {

        private final Statement statement;
        private final Connection connection;
        private final Set<String> tables = new LinkedHashSet<>();

        WatchedStatement(@Nullable Statement statement, Connection connection, String sql) {
            this.statement = Objects.requireNonNull(statement);
            this.connection = connection;
            tables.addAll(WrittenTables.of(sql));
        }

        @Override
        public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
                throws Throwable {
            if (method.getName().equals("getConnection")) {
                return connection;
            }
            if (arguments != null
                    && arguments.length > 0
                    && arguments[0] instanceof String sql
                    && (method.getName().startsWith("execute")
                            || method.getName().equals("addBatch"))) {
                tables.addAll(WrittenTables.of(sql));
            }
            if (!method.getName().startsWith("execute") || tables.isEmpty()) {
                return called(statement, proxy, method, arguments);
            }
            written.addAll(tables);
            tags.writing();
            try {
                return called(statement, proxy, method, arguments);
            } finally {
                committedIfAutomatic();
            }
        }
    }
}
