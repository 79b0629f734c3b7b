package io.larder.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.BackendException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoomsTest {

    private static final byte[] SCOPE = {1};

    @TempDir
    private Path folder;

    private Disk one;
    private Disk other;

    @BeforeEach
    void open() {
        one = Disk.in(folder);
        other = Disk.in(folder);
    }

    @AfterEach
    void close() {
        one.close();
        other.close();
    }

    @Test
    void nothingIsPutIntoARoomThatAnotherProcessHasLeft() {
        one.put("a", "1");
        other.backend.clear().join();

        one.put("b", "2");
        other.housekeeper.tidy();

        assertThat(one.get("a")).isNull();
        assertThat(one.get("b")).isEqualTo("2");
        assertThat(other.get("b")).isEqualTo("2");
    }

    @Test
    void nothingIsPutIntoARoomThatTheSameTransactionHasLeft() {
        one.put("a", "1");

        long room = one.database.write(
                session -> {
                    long before = session.rooms().find(session, SCOPE);
                    Room.leave(session, SCOPE);
                    return session.rooms().find(session, SCOPE) - before;
                },
                1_000);

        assertThat(room).isPositive();
    }

    @Test
    void aRoomThatWasTakenBackIsMadeAnew() {
        one.put("a", "1");
        assertThatThrownBy(() -> one.database.write(RoomsTest::fail, 1_000)).isInstanceOf(BackendException.class);

        long found = one.database.write(session -> session.rooms().find(session, SCOPE), 1_000);

        assertThat(one.number("SELECT count(*) FROM rooms WHERE id = " + found)).isEqualTo(1);
    }

    private static long fail(Session session) throws SQLException {
        session.rooms().find(session, SCOPE);
        throw new SQLException("something else");
    }
}
