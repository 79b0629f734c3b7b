package io.larder.disk;

import io.larder.BackendException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

/** The connections to one edition of the database: one that writes, and those that read. Thread-safe. */
final class Connections implements AutoCloseable {

    /** How many callers read at once; reading takes microseconds, so that more would only take memory. */
    private static final int READERS_MAX = 16;

    /** How much of the database each connection has in memory, at most. */
    private static final int CACHE_KIB = 2048;

    /** What of the journal may be written while one snapshot is held. */
    private static final int SNAPSHOT_SHARE = 16;

    private static final Executor SOON =
            CompletableFuture.delayedExecutor(Snapshot.IDLE_MILLIS, TimeUnit.MILLISECONDS, Runnable::run);

    private final long edition;
    private final Path database;
    private final ValueFiles files;
    private final ChangeCounts counts;
    private final Session writer;
    private final Deque<Session> idle = new ConcurrentLinkedDeque<>();
    private final Semaphore readers = new Semaphore(READERS_MAX);
    /** Held while the connection that writes is used. */
    private final ReentrantLock writing = new ReentrantLock();
    /** Whether somebody is going to look if the writer's snapshot is held without need. */
    private final AtomicBoolean watched = new AtomicBoolean();

    private volatile boolean closed;

    private Connections(long edition, Path database, ValueFiles files, ChangeCounts counts, Session writer) {
        this.edition = edition;
        this.database = database;
        this.files = files;
        this.counts = counts;
        this.writer = writer;
    }

    /** Makes an edition, for the holder of the marker's lock; one that was made by somebody who then died stays as it is. */
    static void make(Folder folder, long edition, DiskConfig config, ChangeCounts counts) throws SQLException {
        ValueFiles files = new ValueFiles(folder.values(edition), config.sync(), 0);
        try (Session session = Session.open(folder.database(edition), files, counts)) {
            session.run("PRAGMA synchronous = " + config.sync());
            if (!Schema.isMade(session)) {
                Schema.make(session);
            }
        }
    }

    /** Opens an edition that was made. */
    static Connections open(Folder folder, long edition, DiskConfig config, ChangeCounts counts) throws SQLException {
        Path database = folder.database(edition);
        ValueFiles files = new ValueFiles(folder.values(edition), config.sync(), Budget.blanksMax(config.maxBytes()));
        Session writer = Session.open(database, files, counts);
        try {
            writer.run("PRAGMA synchronous = " + config.sync());
            writer.run("PRAGMA cell_size_check = ON");
            Schema.check(writer, database);
            writer.run("PRAGMA journal_mode = WAL");
            writer.run("PRAGMA cache_size = " + -CACHE_KIB);
            long journalPages = Budget.journalPages(config.maxBytes());
            writer.run("PRAGMA wal_autocheckpoint = " + journalPages);
            writer.run("PRAGMA journal_size_limit = " + journalPages * Schema.PAGE_BYTES);
            writer.snapshot().allow(journalPages * Schema.PAGE_BYTES / SNAPSHOT_SHARE);
            return new Connections(edition, database, files, counts, writer);
        } catch (SQLException | RuntimeException e) {
            writer.close();
            throw e;
        }
    }

    long edition() {
        return edition;
    }

    ValueFiles files() {
        return files;
    }

    ChangeCounts counts() {
        return counts;
    }

    /** Returns the connection that writes, for the {@link Writer}'s scribe, until {@link #endWriting}. */
    Session beginWriting() {
        writing.lock();
        return writer;
    }

    void endWriting() {
        boolean isHeld = writer.snapshot().isHeld();
        writing.unlock();
        if (isHeld) {
            watch();
        }
    }

    private void watch() {
        if (!watched.get() && watched.compareAndSet(false, true)) {
            SOON.execute(this::letGoIfIdle);
        }
    }

    private void letGoIfIdle() {
        watched.set(false);
        boolean isHeld = true;
        // Who has the lock now is not idle.
        if (writing.tryLock()) {
            try {
                writer.snapshot().letGoIfIdle();
                isHeld = writer.snapshot().isHeld();
            } finally {
                writing.unlock();
            }
        }
        if (isHeld) {
            watch();
        }
    }

    /**
     * Reads little: over the connection that writes when the caller is alone. That one still has in memory what this process wrote, which
     * another connection has to read again; but many callers would wait for one another there.
     */
    <T extends @Nullable Object> T readLittle(Change<T> query, Patience patience) throws SQLException {
        if (readers.availablePermits() < READERS_MAX || !writing.tryLock()) {
            return read(query, patience);
        }
        boolean permitted = readers.tryAcquire();
        try {
            return query.apply(writer);
        } catch (SQLException e) {
            if (!Damage.is(e, SQLiteErrorCode.SQLITE_BUSY)) {
                throw e;
            }
        } finally {
            writing.unlock();
            if (permitted) {
                readers.release();
            }
        }
        return read(query, patience);
    }

    /** Reads; what was committed before is seen. */
    <T extends @Nullable Object> T read(Change<T> query, Patience patience) throws SQLException {
        acquire(patience);
        try {
            while (true) {
                try {
                    return read(query);
                } catch (SQLException e) {
                    if (!Damage.is(e, SQLiteErrorCode.SQLITE_BUSY) || !patience.pause()) {
                        throw e;
                    }
                }
            }
        } finally {
            readers.release();
            if (closed) {
                closeIdle();
            }
        }
    }

    private <T extends @Nullable Object> T read(Change<T> query) throws SQLException {
        Session idled = idle.pollFirst();
        Session session = idled == null ? reader() : idled;
        boolean sound = false;
        try {
            T result = query.apply(session);
            sound = true;
            return result;
        } finally {
            if (sound) {
                idle.addFirst(session);
            } else {
                session.close();
            }
        }
    }

    /**
     * Copies the journal into the database, and lets it begin anew. Where somebody reads at every moment, no writer finds the one in
     * which it could do that by the way, and the journal would grow on.
     */
    void checkpoint(Patience patience) throws SQLException {
        letGo();
        try (Session session = Session.open(database, files, counts)) {
            while (session.number("PRAGMA wal_checkpoint(RESTART)") != 0 && patience.pause()) {
                // Somebody reads what is in the journal alone, or writes.
                letGo();
            }
        }
    }

    private void letGo() {
        writing.lock();
        try {
            writer.snapshot().letGo();
        } finally {
            writing.unlock();
        }
    }

    long journalBytes() throws IOException {
        Path journal = database.resolveSibling(database.getFileName() + "-wal");
        return Files.exists(journal) ? Files.size(journal) : 0;
    }

    private void acquire(Patience patience) {
        if (readers.tryAcquire()) {
            return;
        }
        try {
            if (!readers.tryAcquire(patience.remainingNanos(), TimeUnit.NANOSECONDS)) {
                throw BackendException.passing(
                        "Cannot read from '" + database + "': " + READERS_MAX
                                + " other callers have been reading all the time. Raise 'timeout', or look at the disk",
                        null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            Patience.failIfInterrupted();
        }
    }

    private Session reader() throws SQLException {
        Session session = Session.open(database, files, counts);
        try {
            session.run("PRAGMA query_only = ON");
            session.run("PRAGMA cell_size_check = ON");
            session.run("PRAGMA cache_size = " + -CACHE_KIB);
            return session;
        } catch (SQLException e) {
            session.close();
            throw e;
        }
    }

    /** Closes what nobody uses, and the rest when it comes back; for the {@link Writer}'s scribe. */
    @Override
    public void close() {
        closed = true;
        closeIdle();
        writing.lock();
        try {
            writer.snapshot().letGo();
            writer.close();
            files.removeBlanks();
        } finally {
            writing.unlock();
        }
    }

    private void closeIdle() {
        for (Session session = idle.pollFirst(); session != null; session = idle.pollFirst()) {
            session.close();
        }
    }
}
