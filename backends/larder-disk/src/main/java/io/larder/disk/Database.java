package io.larder.disk;

import io.larder.BackendException;
import io.larder.ConfigException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

/**
 * The database in one folder, shared by all caches of this program that are in it. Thread-safe.
 *
 * <p>Opened at the first call that needs it, and again where it was damaged: then the folder gets an empty one, the next edition, and
 * whoever found the damage is told. The other processes notice the new edition by the {@link Marker}.
 */
final class Database implements AutoCloseable {

    /**
     * Guarded by itself. One for each folder and program, because what a program has locked in a file is let go when any of its handles
     * of the file is closed.
     */
    private static final Map<Path, Database> OPEN = new HashMap<>();

    private final Folder folder;
    private final DiskConfig config;
    private final Budget budget;
    private final DiskErrors errors;
    private final Writer writer;
    private final LongAdder rebuilds = new LongAdder();
    private final ReentrantLock opening = new ReentrantLock();
    /** Those of earlier editions, for the next writer to close: it knows that no other writer uses them. */
    private final Queue<Connections> retired = new ConcurrentLinkedQueue<>();
    /** Guarded by {@link #OPEN}. */
    private int users;

    private volatile @Nullable Marker marker;
    private volatile @Nullable Connections current;
    private volatile boolean closed;

    Database(Path path, DiskConfig config) {
        this.folder = new Folder(path);
        this.config = config;
        this.budget = new Budget(config.maxBytes());
        this.errors = new DiskErrors(folder);
        this.writer = new Writer(this, config.sync() == DiskConfig.Sync.FULL);
    }

    /** Returns the database of a folder; each call needs a {@link #close}. */
    static Database of(Path path, DiskConfig config) {
        Path absolute = path.toAbsolutePath().normalize();
        synchronized (OPEN) {
            Database database = OPEN.computeIfAbsent(absolute, first -> new Database(first, config));
            DiskConfig others = database.config;
            if (others.maxBytes() != config.maxBytes() || others.sync() != config.sync()) {
                throw new ConfigException("'" + absolute + "' is open already with 'max=" + others.maxBytes()
                        + "B' and 'sync=" + others.sync() + "', not 'max=" + config.maxBytes() + "B' and 'sync="
                        + config.sync() + "'. Give both URLs the same");
            }
            database.users++;
            return database;
        }
    }

    DiskErrors errors() {
        return errors;
    }

    Budget budget() {
        return budget;
    }

    Folder folder() {
        return folder;
    }

    /** Returns how many times the database was given up for an empty one. */
    long rebuilds() {
        return rebuilds.sum();
    }

    /** Returns how many callers write, or wait for it. */
    int waiting() {
        return writer.waiting();
    }

    /** Returns whether anybody has used it yet. */
    boolean isOpen() {
        return current != null;
    }

    /** Returns the counts of the edition in use, or null where the next call has to open one. */
    @Nullable
    ChangeCounts counts() {
        Connections now = current;
        return now != null && isCurrent(now) ? now.counts() : null;
    }

    /** Reads what is committed. */
    <T extends @Nullable Object> T read(Change<T> query, long timeoutMillis) {
        return read(query, Connections::read, timeoutMillis);
    }

    /** Reads what is committed, for a query that takes microseconds. */
    <T extends @Nullable Object> T readLittle(Change<T> query, long timeoutMillis) {
        return read(query, Connections::readLittle, timeoutMillis);
    }

    /** Which connection reads. */
    @FunctionalInterface
    private interface Way {
        <T extends @Nullable Object> T read(Connections at, Change<T> query, Patience patience) throws SQLException;
    }

    private <T extends @Nullable Object> T read(Change<T> query, Way way, long timeoutMillis) {
        Patience patience = new Patience(timeoutMillis);
        while (true) {
            Connections at = connections(patience);
            try {
                return way.read(at, query, patience);
            } catch (SQLException e) {
                if (isCurrent(at)) {
                    throw failed(at.edition(), e, patience);
                }
            }
        }
    }

    /** Returns the number of a new file with {@code frame}, which no row refers to yet. */
    long writeFile(byte[] frame, long timeoutMillis) {
        try {
            return connections(new Patience(timeoutMillis)).files().write(frame);
        } catch (IOException e) {
            throw folder.explain(e);
        }
    }

    /** Removes a file that no row refers to after all. */
    void removeFile(long file) {
        Connections now = current;
        if (now != null) {
            now.files().retire(file);
        }
    }

    /** Changes something, in a transaction that others may share, and returns the answer when it is committed. */
    <T extends @Nullable Object> T write(Change<T> change, long sizeBytes, long timeoutMillis) {
        return writer.write(change, sizeBytes, new Patience(timeoutMillis));
    }

    /** Writes as a {@link #write} of a small change. */
    <T extends @Nullable Object> T write(Change<T> change, long timeoutMillis) {
        return write(change, 0, timeoutMillis);
    }

    /** Runs one transaction, for the {@link Writer}'s scribe; {@code change} returns how many bytes it brought. */
    void transact(Change<Long> change, Patience patience) {
        while (true) {
            Connections at = connections(patience);
            closeRetired();
            Session session = at.beginWriting();
            try {
                begin(session, patience);
                long broughtBytes = change.apply(session);
                budget.keep(session, broughtBytes);
                session.commit(broughtBytes);
            } catch (SQLException e) {
                session.rollback();
                if (isCurrent(at)) {
                    throw failed(at.edition(), e, patience);
                }
                continue;
            } catch (RuntimeException | Error e) {
                session.rollback();
                throw e;
            } finally {
                at.endWriting();
            }
            // What was committed to a database that had been given up by then, nobody will ever see.
            if (isCurrent(at)) {
                return;
            }
        }
    }

    private static void begin(Session session, Patience patience) throws SQLException {
        while (true) {
            try {
                session.begin();
                return;
            } catch (SQLException e) {
                if (!Damage.is(e, SQLiteErrorCode.SQLITE_BUSY) || !patience.pause()) {
                    throw e;
                }
            }
        }
    }

    private boolean isCurrent(Connections at) {
        Marker marker = this.marker;
        return at == current && marker != null && marker.edition() == at.edition();
    }

    private Connections connections(Patience patience) {
        Connections now = current;
        return now != null && isCurrent(now) ? now : reopen(patience);
    }

    private Connections reopen(Patience patience) {
        if (!lockOpening(patience)) {
            throw errors.slow();
        }
        try {
            Connections now = current;
            if (closed) {
                throw BackendException.lasting("The cache in '" + this + "' is closed", null);
            }
            if (now != null && isCurrent(now)) {
                return now;
            }
            current = null;
            retire(now);
            Connections opened = open(patience);
            current = opened;
            folder.removeBefore(opened.edition());
            return opened;
        } finally {
            opening.unlock();
        }
    }

    private Connections open(Patience patience) {
        Marker marker = marker(patience);
        while (true) {
            long edition = marker.edition();
            try {
                if (!marker.isMade()) {
                    marker.locked(patience, () -> make(marker));
                }
                return Connections.open(folder, edition, config, marker.counts());
            } catch (SQLException e) {
                boolean passes = Damage.is(e, SQLiteErrorCode.SQLITE_BUSY) || marker.edition() != edition;
                if (!passes || !patience.pause()) {
                    throw failed(edition, e, patience);
                }
            } catch (IOException e) {
                throw folder.explain(e);
            }
        }
    }

    private void make(Marker marker) throws SQLException {
        if (!marker.isMade()) {
            Connections.make(folder, marker.edition(), config, marker.counts());
            marker.made();
        }
    }

    private Marker marker(Patience patience) {
        Marker known = marker;
        if (known != null && known.isInPlace()) {
            return known;
        }
        Marker opened = folder.open(patience);
        marker = opened;
        if (known != null) {
            known.close();
        }
        return opened;
    }

    /** Returns what to tell about a failure; where the database is damaged, gives it up first. */
    private BackendException failed(long edition, SQLException failure, Patience patience) {
        Marker marker = this.marker;
        if (marker == null || !Damage.isIn(failure)) {
            return errors.explain(failure);
        }
        try {
            marker.locked(patience, () -> {
                if (marker.edition() == edition) {
                    marker.moveOn();
                    rebuilds.increment();
                }
            });
            return errors.rebuilt(failure);
        } catch (IOException e) {
            return folder.explain(e);
        }
    }

    /** Empties the journal where it has become much longer than it should. */
    void shortenJournal(long timeoutMillis) {
        Connections now = current;
        try {
            if (now != null && now.journalBytes() > 2 * budget.journalBytes()) {
                now.checkpoint(new Patience(timeoutMillis));
            }
        } catch (SQLException e) {
            throw errors.explain(e);
        } catch (IOException e) {
            throw folder.explain(e);
        }
    }

    /** Looks whether the folder is still the one that was opened, and opens it anew at the next call if not. */
    void checkPlace() {
        Marker marker = this.marker;
        if (marker != null && !marker.isInPlace()) {
            Connections now = current;
            current = null;
            retire(now);
        }
    }

    private void retire(@Nullable Connections connections) {
        if (connections != null) {
            retired.add(connections);
        }
    }

    private void closeRetired() {
        for (Connections old = retired.poll(); old != null; old = retired.poll()) {
            old.close();
        }
    }

    private boolean lockOpening(Patience patience) {
        try {
            return opening.tryLock(patience.remainingNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            Patience.failIfInterrupted();
            return false;
        }
    }

    /** Closes the database when nobody is left who opened it. */
    @Override
    public void close() {
        synchronized (OPEN) {
            if (--users > 0) {
                return;
            }
            OPEN.remove(folder.path(), this);
        }
        opening.lock();
        try {
            closed = true;
            retire(current);
            current = null;
            closeRetired();
            Marker known = marker;
            if (known != null) {
                known.close();
            }
        } finally {
            opening.unlock();
        }
    }

    @Override
    public String toString() {
        return folder.path().toString();
    }
}
