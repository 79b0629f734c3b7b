package io.larder.disk;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * Holds the folder to its size, by giving up what was used least recently. Thread-safe for reading; {@link #keep} is for the scribe of
 * the {@link Writer}.
 */
final class Budget {

    /** What of the budget the journal may have, twice: it is copied into the database when it is that long, and goes on meanwhile. */
    private static final int JOURNAL_SHARE = 20;

    private static final long JOURNAL_PAGES_MIN = 16;
    private static final long JOURNAL_PAGES_MAX = 4_000;
    /** The marker, and what SQLite shares among processes. */
    private static final long OTHER_BYTES = 96 << 10;

    /** How much comes in before anybody looks, at most: what is given up for it has to leave in one transaction. */
    private static final long STEP_BYTES_MAX = 256 << 10;

    private static final int VICTIMS_AT_ONCE = 32;
    /** How many one transaction gives up at most; the next ones go on where a budget was lowered. */
    private static final int VICTIMS_MAX = 4_096;

    private static final int BLANKS_MAX = 8;
    private static final int BLANKS_SHARE = 128;

    /** How many free pages the database may keep for what comes next, whatever its size. */
    private static final long FREE_PAGES_MAX = 512;

    private final long maxBytes;
    private final long highBytes;
    private final long lowBytes;
    private final long stepBytes;
    private final LongAdder evictions = new LongAdder();
    private final Recency recency = new Recency();
    /** Confined to the scribe. */
    private long uncheckedBytes;

    Budget(long maxBytes) {
        this.maxBytes = maxBytes;
        long blanksBytes = (long) blanksMax(maxBytes) * ValueFiles.BLANK_BYTES_MAX;
        this.highBytes = maxBytes - 2 * journalPages(maxBytes) * Schema.PAGE_BYTES - blanksBytes - OTHER_BYTES;
        this.stepBytes = Math.max(Math.min(maxBytes / 128, STEP_BYTES_MAX), Schema.PAGE_BYTES);
        this.lowBytes = highBytes - 2 * stepBytes;
    }

    /** Returns how long the journal grows before it is copied into the database. */
    static long journalPages(long maxBytes) {
        return Math.max(JOURNAL_PAGES_MIN, Math.min(JOURNAL_PAGES_MAX, maxBytes / JOURNAL_SHARE / Schema.PAGE_BYTES));
    }

    /** Returns how many files may be kept to be written over. */
    static int blanksMax(long maxBytes) {
        return (int) Math.min(BLANKS_MAX, maxBytes / BLANKS_SHARE / ValueFiles.BLANK_BYTES_MAX);
    }

    /** Returns the size beyond which an entry would leave no room for any other. */
    long entryBytesMax() {
        return lowBytes;
    }

    /** Returns how long the journal should be at most. */
    long journalBytes() {
        return journalPages(maxBytes) * Schema.PAGE_BYTES;
    }

    Recency recency() {
        return recency;
    }

    /** Returns how many entries were given up for want of room. */
    long evictions() {
        return evictions.sum();
    }

    /** Returns what pages in use and files take. */
    static long usedBytes(Session session) throws SQLException {
        long pages = session.number("PRAGMA page_count") - session.number("PRAGMA freelist_count");
        return pages * Schema.PAGE_BYTES + session.number("SELECT file_bytes FROM totals");
    }

    /** Returns whether free pages should go back to the disk: they are many, or more than the folder may take. */
    boolean isFileTooLarge(Session session) throws SQLException {
        long free = session.number("PRAGMA freelist_count");
        long pages = session.number("PRAGMA page_count");
        return free > Math.max(pages / 4, FREE_PAGES_MAX)
                || (free > 0 && usedBytes(session) + free * Schema.PAGE_BYTES > maxBytes);
    }

    /** Makes room, if the transaction brings so much that it is time to look; counting pages each time would double its price. */
    void keep(Session session, long broughtBytes) throws SQLException {
        uncheckedBytes += broughtBytes;
        if (uncheckedBytes < stepBytes) {
            return;
        }
        uncheckedBytes = 0;
        makeRoom(session);
    }

    boolean isExceeded(Session session) throws SQLException {
        return usedBytes(session) > highBytes;
    }

    /** Makes room where the folder has outgrown its budget. */
    void makeRoom(Session session) throws SQLException {
        if (!isExceeded(session)) {
            return;
        }
        recency.write(session);
        int sum = 0;
        int given;
        do {
            given = Reclaim.clearedRooms(session);
            given = given == 0 ? giveUp(session) : given;
            sum += given;
        } while (given > 0 && sum < VICTIMS_MAX && usedBytes(session) > lowBytes);
        // Where that was not enough, the next transaction looks again, whatever it brings.
        uncheckedBytes = sum < VICTIMS_MAX ? 0 : stepBytes;
    }

    private int giveUp(Session session) throws SQLException {
        List<Row> victims = session.all(
                Row::head, "SELECT " + Row.HEAD + " FROM entries ORDER BY used, id LIMIT " + VICTIMS_AT_ONCE);
        int given = 0;
        for (Row victim : victims) {
            Reclaim.discard(session, victim);
            evictions.increment();
            given++;
            if (victim.file() != 0 && usedBytes(session) <= lowBytes) {
                break;
            }
        }
        return given;
    }
}
