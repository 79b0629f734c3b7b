package io.larder.disk;

import io.larder.Clock;
import io.larder.codec.KeyBytes;
import io.larder.spi.KeyPattern;
import io.larder.spi.KeyedEntry;
import io.larder.spi.Pages;
import io.larder.spi.Reply;
import java.util.List;

/** The listings of one cache. Thread-safe. */
final class Walks {

    private static final String TAGGED =
            "SELECT e.id, e.room, e.key, e.fresh, e.keep, e.seal, e.tags, e.file, e.used FROM tags t"
                    + " JOIN entries e ON e.id = t.entry WHERE t.room = (SELECT id FROM rooms WHERE scope = ?) AND t.tag = ?"
                    + " AND t.entry > ? ORDER BY t.entry LIMIT " + Reclaim.ROWS_MAX;

    private final Database database;
    private final Entries entries;
    private final Clock clock;

    Walks(Database database, Entries entries, Clock clock) {
        this.database = database;
        this.entries = entries;
        this.clock = clock;
    }

    Pages<String> keys(KeyPattern pattern) {
        return matching(pattern).mapNotNull(KeyBytes::decode);
    }

    Pages<KeyedEntry<String, byte[]>> entries(KeyPattern pattern) {
        return new EntryPages(database, entries, clock, matching(pattern), entry -> true);
    }

    /** Returns what the index of tags says, if the entry, whose checksum covers its tags, says so too. */
    Pages<KeyedEntry<String, byte[]>> entriesByTag(String tag) {
        Pages<byte[]> keys = tagged(KeyBytes.encode(tag)).mapNotNull(Row::key);
        return new EntryPages(
                database, entries, clock, keys, entry -> entry.tags().contains(tag));
    }

    private Pages<byte[]> matching(KeyPattern pattern) {
        return rows(new Walk(entries.scope(), pattern))
                .mapNotNull(row -> isPresent(row) && matches(pattern, row.key()) ? row.key() : null);
    }

    static boolean matches(KeyPattern pattern, byte[] key) {
        return pattern.isAll() || pattern.matches(KeyBytes.decode(key));
    }

    private boolean isPresent(Row row) {
        return clock.isBefore(row.fresh())
                && Seal.isWhole(row.seal(), entries.scope(), row.key(), row.fresh(), row.keep());
    }

    private Pages<Row> rows(Walk walk) {
        return () -> Reply.deferredWithin(limit -> {
            List<Row> rows = database.read(walk::rows, limit);
            walk.advance(rows);
            return rows;
        });
    }

    private Pages<Row> tagged(byte[] tag) {
        long[] last = new long[1];
        return () -> Reply.deferredWithin(limit -> {
            List<Row> rows =
                    database.read(session -> session.all(Row::head, TAGGED, entries.scope(), tag, last[0]), limit);
            if (!rows.isEmpty()) {
                last[0] = rows.get(rows.size() - 1).id();
            }
            return rows;
        });
    }
}
