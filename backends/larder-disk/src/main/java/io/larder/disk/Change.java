package io.larder.disk;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What is done on a connection: in a transaction if it writes; again, if the database was exchanged meanwhile. */
@FunctionalInterface
interface Change<T extends @Nullable Object> {

    /** Returns the answer; fails without having changed anything, or with {@link SQLException}, which takes all of it back. */
    T apply(Session session) throws SQLException;
}
