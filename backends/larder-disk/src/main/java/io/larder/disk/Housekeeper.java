package io.larder.disk;

import io.larder.spi.BackendContext;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Gives back what nobody can see any more, and writes down what was read. Thread-safe.
 *
 * <p>Several processes on one folder do this side by side; each step finds what the others have left.
 */
final class Housekeeper implements AutoCloseable {

    private static final long TIMEOUT_MILLIS = 1_000;
    /** How many transactions of each kind a round has, so that a large cache is cleared in many rounds. */
    private static final int STEPS_MAX = 64;

    private static final int SWEEP_EVERY_ROUNDS = 600;
    private static final int VACUUM_PAGES = 512;

    private final Database database;
    private final BackendContext context;
    private final long leaseMillis;
    private final Future<?> schedule;
    private final AtomicBoolean busy = new AtomicBoolean();
    /** Guarded by {@code busy}. */
    private int round;

    Housekeeper(Database database, BackendContext context, DiskConfig config) {
        this.database = database;
        this.context = context;
        this.leaseMillis = config.lease().toMillis();
        this.schedule = context.scheduler().scheduleWithFixedDelay(this::start, 1, 1, TimeUnit.SECONDS);
    }

    private void start() {
        if (busy.compareAndSet(false, true)) {
            try {
                context.executor().execute(this::round);
            } catch (RejectedExecutionException e) {
                // The executor is busy or closing; the next round tries again.
                busy.set(false);
            }
        }
    }

    /** Does a round, whatever state the folder is in. */
    void round() {
        try {
            if (database.isOpen()) {
                database.checkPlace();
                tidy();
            }
        } catch (RuntimeException e) {
            // Whoever uses the cache is told what is wrong with it; here the next round tries again.
        } finally {
            busy.set(false);
        }
    }

    void tidy() {
        long nowMillis = context.clock().millis();
        writeRecency();
        repeat(session -> Reclaim.hasExpired(session, nowMillis), session -> Reclaim.expired(session, nowMillis));
        repeat(Reclaim::hasClearedRooms, Reclaim::clearedRooms);
        repeat(
                session -> database.budget().isExceeded(session),
                session -> database.budget().makeRoom(session));
        repeat(session -> database.budget().isFileTooLarge(session), Housekeeper::vacuum);
        if (read(session -> session.number("SELECT EXISTS(SELECT 1 FROM leases)")) == 1) {
            write(session -> Reclaim.leases(session, nowMillis - leaseMillis));
        }
        database.shortenJournal(TIMEOUT_MILLIS);
        if (round++ % SWEEP_EVERY_ROUNDS == 0) {
            sweep();
        }
    }

    private void writeRecency() {
        Recency recency = database.budget().recency();
        if (!recency.isEmpty()) {
            write(recency::write);
        }
    }

    /** What a transaction does, without an answer. */
    @FunctionalInterface
    private interface Step {
        void run(Session session) throws SQLException;
    }

    private void repeat(Change<Boolean> isNeeded, Step step) {
        for (int steps = 0; steps < STEPS_MAX && read(isNeeded); steps++) {
            write(step);
        }
    }

    private static void vacuum(Session session) throws SQLException {
        session.run("PRAGMA incremental_vacuum(" + VACUUM_PAGES + ")");
    }

    /** Removes files that no row refers to: a process died between writing one and committing its row. */
    private void sweep() {
        List<Long> orphans = read(session -> {
            try {
                return session.files().orphans(file -> !isReferred(session, file));
            } catch (IOException e) {
                throw database.folder().explain(e);
            }
        });
        for (Long orphan : orphans) {
            write(session -> {
                // Asked again where no row can come meanwhile.
                if (!isReferred(session, orphan)) {
                    session.files().remove(orphan);
                }
            });
        }
    }

    private boolean isReferred(Session session, long file) {
        try {
            return session.number("SELECT EXISTS(SELECT 1 FROM entries WHERE file = ?)", file) == 1;
        } catch (SQLException e) {
            throw database.errors().explain(e);
        }
    }

    private <T> T read(Change<T> query) {
        return database.read(query, TIMEOUT_MILLIS);
    }

    private void write(Step step) {
        database.write(
                session -> {
                    step.run(session);
                    return true;
                },
                TIMEOUT_MILLIS);
    }

    @Override
    public void close() {
        schedule.cancel(false);
        try {
            if (database.isOpen()) {
                writeRecency();
            }
        } catch (RuntimeException e) {
            // Only the order in which entries are given up would have been better.
        }
    }
}
