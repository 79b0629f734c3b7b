package io.larder.disk;

import io.larder.Clock;
import io.larder.codec.KeyBytes;
import io.larder.spi.DamagedEntry;
import io.larder.spi.Entry;
import io.larder.spi.KeyedEntry;
import io.larder.spi.Pages;
import io.larder.spi.Reply;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/** Reads the entries of rows, so many at a time that their values fit into memory. Confined to one caller at a time. */
final class EntryPages implements Pages<KeyedEntry<String, byte[]>> {

    private static final int PAGE_BYTES_MAX = 4 << 20;

    private final Database database;
    private final Entries entries;
    private final Clock clock;
    private final Pages<byte[]> keys;
    private final Predicate<Entry<byte[]>> wanted;
    private final Deque<byte[]> ahead = new ArrayDeque<>();

    EntryPages(Database database, Entries entries, Clock clock, Pages<byte[]> keys, Predicate<Entry<byte[]>> wanted) {
        this.database = database;
        this.entries = entries;
        this.clock = clock;
        this.keys = keys;
        this.wanted = wanted;
    }

    @Override
    public Reply<List<KeyedEntry<String, byte[]>>> next() {
        if (ahead.isEmpty()) {
            return keys.next().then(page -> {
                ahead.addAll(page);
                return page.isEmpty() ? Reply.ready(List.of()) : next();
            });
        }
        List<KeyedEntry<String, byte[]>> page = new ArrayList<>();
        return Reply.<Integer>deferredWithin(limit -> database.read(session -> look(session, page), limit))
                .then(looks -> {
                    for (int i = 0; i < looks; i++) {
                        ahead.remove();
                    }
                    return page.isEmpty() ? next() : Reply.ready(page);
                });
    }

    /** Fills the page, and returns how many keys it took. */
    private int look(Session session, List<KeyedEntry<String, byte[]>> page) throws SQLException {
        page.clear();
        long sizeBytes = 0;
        int looks = 0;
        for (Iterator<byte[]> keys = ahead.iterator(); keys.hasNext() && sizeBytes < PAGE_BYTES_MAX; looks++) {
            byte[] key = keys.next();
            Entry<byte[]> entry = entries.find(session, key);
            boolean shown =
                    entry instanceof DamagedEntry || (entry != null && entry.isFresh(clock) && wanted.test(entry));
            if (entry != null && shown) {
                page.add(new KeyedEntry<>(KeyBytes.decode(key), entry));
                byte[] value = entry.value();
                sizeBytes += value == null ? 0 : value.length;
            }
        }
        return looks;
    }
}
