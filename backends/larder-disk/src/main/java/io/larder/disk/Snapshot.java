package io.larder.disk;

import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

/**
 * Keeps the read transaction of the connection that writes from one commit to the next, where commits follow each other closely and
 * nobody else writes. Confined to one thread at a time.
 *
 * <p>SQLite takes three locks for a small transaction and gives them back, and two of them are its snapshot's: without those, two system
 * calls are left of six.
 *
 * <p><em>Why nothing old is read.</em> Outside a transaction, a statement sees the snapshot that is held. Whoever commits counts that
 * before, in all processes ({@link ChangeCounts#ALL}); so while the count is the one with which our own last commit ended, nobody has
 * committed since, and what is held is the latest. Each statement looks at the count where SQLite would look for a later snapshot. Inside
 * a transaction it is always the latest, for SQLite refuses to begin one that writes on another.
 *
 * <p><em>Why the journal does not grow.</em> It cannot begin anew while a snapshot is held. So it is let go for the checkpoint of every
 * so many bytes, for a transaction that takes long, soon after the last commit, and by whoever finds that others write.
 */
final class Snapshot {

    /** How many commits in a row have to have been ours; processes that take turns would only be in each other's way. */
    private static final int ALONE_MIN = 16;

    private static final long PAUSE_NANOS_MAX = TimeUnit.MILLISECONDS.toNanos(1);
    /** How long it may be held without a commit. */
    static final long IDLE_MILLIS = 10;

    /** What a small transaction adds to the journal, roughly. */
    private static final long TRANSACTION_BYTES = 2 * Schema.PAGE_BYTES;

    /** An open statement is what makes SQLite hold it. */
    private static final String HOLD = "SELECT 1 FROM sqlite_schema";

    private final Session session;
    private long writtenBytesMax;
    private long writtenBytes;
    private long count;
    private int alone;
    private long committedNanos;
    private boolean isHeld;

    Snapshot(Session session) {
        this.session = session;
    }

    /** Lets it be held while so much is written; never, unless this is called. */
    void allow(long writtenBytesMax) {
        this.writtenBytesMax = writtenBytesMax;
    }

    boolean isHeld() {
        return isHeld;
    }

    /** Makes sure that the next statement sees what is committed. */
    void renew() {
        if (isHeld && !isLatest()) {
            letGo();
        }
    }

    private boolean isLatest() {
        return session.counts().at(ChangeCounts.ALL) == count;
    }

    /** Notes that a transaction which writes has begun. */
    void begun() {
        alone = isLatest() ? Math.min(alone + 1, ALONE_MIN) : 0;
    }

    /** Decides whether it outlasts the commit that comes next, of a transaction that brought so many bytes. */
    void beforeCommit(long broughtBytes) throws SQLException {
        writtenBytes = (isHeld ? writtenBytes : 0) + broughtBytes + TRANSACTION_BYTES;
        if (writtenBytes > writtenBytesMax || MachineClock.nanos() - committedNanos >= PAUSE_NANOS_MAX) {
            letGo();
        } else if (!isHeld && alone == ALONE_MIN) {
            isHeld = session.hold(HOLD);
        }
    }

    /** Notes that the commit is over, and with which count of all. */
    void committed(long count) {
        this.count = count;
        committedNanos = MachineClock.nanos();
    }

    /** Lets it go when the last commit was some time ago. */
    void letGoIfIdle() {
        if (MachineClock.nanos() - committedNanos >= TimeUnit.MILLISECONDS.toNanos(IDLE_MILLIS)) {
            letGo();
        }
    }

    void letGo() {
        if (isHeld) {
            isHeld = false;
            session.letGo(HOLD);
        }
    }
}
