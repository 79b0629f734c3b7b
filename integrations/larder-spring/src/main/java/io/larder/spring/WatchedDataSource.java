package io.larder.spring;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** A data source whose connections tell {@link TableTags} what they have committed. Thread-safe, as the one behind it is. */
final class WatchedDataSource extends DelegatingDataSource {

    private final TableTags tags;

    WatchedDataSource(DataSource target, TableTags tags) {
        super(target);
        this.tags = tags;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return new WatchedConnection(super.getConnection(), tags).proxy();
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return new WatchedConnection(super.getConnection(user, password), tags).proxy();
    }
}
