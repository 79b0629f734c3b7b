package io.larder.spring;

import io.larder.annotations.Change;
import io.larder.annotations.Change.Kind;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import javax.sql.DataSource;

/**
 * Removes entries that were made from database tables when something is written there: those tagged {@code table:orders} when a write to
 * {@code orders} is committed. Thread-safe.
 *
 * <p>Writes are seen in the SQL that goes through a {@link #watch watched} data source, whoever sends it: {@code JdbcTemplate}, JPA, another. A
 * statement that writes counts as a write to all tables that it names. What triggers, procedures and other programs write is not seen:
 * say it by {@link #cascade} or {@link #written}. The caches are those that are open in this process.
 */
public final class TableTags {

    private static final String PREFIX = "table:";

    private final LarderCaches caches;
    private final TransactionTiming timing;
    private final Map<String, Set<String>> cascades = new ConcurrentHashMap<>();

    /** Makes one for all caches of {@code caches}. */
    public TableTags(LarderCaches caches, TransactionTiming timing) {
        this.caches = caches;
        this.timing = timing;
    }

    /** Returns the tag of a table: its name in small letters, without a schema, after {@code table:}. */
    public static String tag(String table) {
        return PREFIX + name(table);
    }

    static String name(String table) {
        return table.substring(table.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    /** Lets a write to {@code table} count as one to {@code others}, and to those that these count as; for foreign keys, triggers, views. */
    public TableTags cascade(String table, String... others) {
        Set<String> targets = cascades.computeIfAbsent(name(table), absent -> new CopyOnWriteArraySet<>());
        for (String other : others) {
            targets.add(name(other));
        }
        return this;
    }

    /** Returns a data source whose writes are seen. */
    public DataSource watch(DataSource source) {
        return new WatchedDataSource(source, this);
    }

    /** Says that tables are written: entries go when the transaction is committed, or at once without one. */
    public void written(String... tables) {
        List<Change> changes = changes(List.of(tables));
        Changes.makeAll(changes.stream().filter(change -> !timing.defer(change)).toList());
    }

    /** Notes that this thread's transaction writes, so that it is not answered with what was there before. */
    void writing() {
        caches.open().values().forEach(all -> all.forEach(timing::changed));
    }

    /** Removes the entries that were made from {@code tables}. */
    void committed(Collection<String> tables) {
        Changes.makeAll(changes(tables));
    }

    private List<Change> changes(Collection<String> tables) {
        Set<String> reached = new LinkedHashSet<>();
        Deque<String> waiting =
                new ArrayDeque<>(tables.stream().map(TableTags::name).toList());
        while (!waiting.isEmpty()) {
            String table = waiting.remove();
            if (reached.add(table)) {
                waiting.addAll(cascades.getOrDefault(table, Set.of()));
            }
        }
        return caches.open().values().stream()
                .flatMap(Collection::stream)
                .flatMap(cache -> reached.stream().map(table -> new Change(cache, Kind.TAG, tag(table))))
                .toList();
    }
}
