package io.larder.disk;

import io.larder.BackendException;
import io.larder.Clock;
import io.larder.CodecException;
import io.larder.codec.DecimalCodec;
import io.larder.codec.KeyBytes;
import io.larder.spi.Backend;
import io.larder.spi.BackendInfo;
import io.larder.spi.Capability;
import io.larder.spi.DamagedEntry;
import io.larder.spi.Entry;
import io.larder.spi.KeyPattern;
import io.larder.spi.KeyedEntry;
import io.larder.spi.Lease;
import io.larder.spi.LeaseTerms;
import io.larder.spi.Lifetime;
import io.larder.spi.Lookup;
import io.larder.spi.Pages;
import io.larder.spi.PutMode;
import io.larder.spi.Reply;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one cache in a folder. Thread-safe.
 *
 * <p>A read is answered by a copy in memory, or is one statement on a connection of its own, and writes nothing. Every change of an
 * entry, its tags and its lease is in one transaction; what touches many entries takes several, each of them short, so that other
 * processes get in between.
 */
final class DiskBackend implements Backend<String, byte[]> {

    private final String address;
    private final Database database;
    private final Entries entries;
    private final Puts puts;
    private final Walks walks;
    private final Clock clock;
    private final long leaseMillis;

    DiskBackend(String address, Database database, Entries entries, Clock clock, DiskConfig config) {
        this.address = address;
        this.database = database;
        this.entries = entries;
        this.puts = new Puts(database, entries, clock);
        this.walks = new Walks(database, entries, clock);
        this.clock = clock;
        this.leaseMillis = config.lease().toMillis();
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.of(Capability.STORAGE, Capability.TAGS, Capability.LISTING, Capability.COUNTERS);
    }

    @Override
    public Reply<@Nullable Entry<byte[]>> get(String key) {
        Entry<byte[]> copy = entries.copy(key);
        return copy != null ? copy : Reply.deferredWithin(limit -> find(key, limit));
    }

    @SuppressWarnings("NullAway") // It takes the answer of a generic lambda for one that is never null.
    private @Nullable Entry<byte[]> find(String key, long limit) {
        return database.readLittle(session -> entries.read(session, key), limit);
    }

    @Override
    public Reply<Map<String, Entry<byte[]>>> getAll(Collection<String> keys) {
        Map<String, Entry<byte[]>> found = new LinkedHashMap<>();
        Set<String> others = new LinkedHashSet<>();
        for (String key : keys) {
            Entry<byte[]> copy = entries.copy(key);
            if (copy != null) {
                found.put(key, copy);
            } else {
                others.add(key);
            }
        }
        return others.isEmpty() ? Reply.ready(found) : getFrom(List.copyOf(others), 0, found);
    }

    private Reply<Map<String, Entry<byte[]>>> getFrom(List<String> keys, int from, Map<String, Entry<byte[]>> found) {
        int to = Math.min(keys.size(), from + Reclaim.ROWS_MAX);
        return Reply.<Boolean>deferredWithin(limit -> database.read(
                        session -> {
                            for (String key : keys.subList(from, to)) {
                                Entry<byte[]> entry = entries.read(session, key);
                                if (entry != null) {
                                    found.put(key, entry);
                                }
                            }
                            return to < keys.size();
                        },
                        limit))
                .then(more -> more ? getFrom(keys, to, found) : Reply.ready(found));
    }

    @Override
    public Reply<? extends Lookup<byte[]>> getOrLease(String key, String token, LeaseTerms terms) {
        Entry<byte[]> copy = entries.copy(key);
        if (copy != null && isAnswer(copy, terms)) {
            return copy;
        }
        return Reply.<Lookup<byte[]>>deferredWithin(limit -> {
            Entry<byte[]> found = find(key, limit);
            if (found != null && isAnswer(found, terms)) {
                return found;
            }
            byte[] bytes = KeyBytes.encode(key);
            return change(
                    room -> {
                        // Somebody may have been faster.
                        Entry<byte[]> put = entries.find(room.session(), bytes);
                        return put != null && isAnswer(put, terms)
                                ? put
                                : new Leases(room).take(bytes, token, leaseMillis);
                    },
                    limit);
        });
    }

    private boolean isAnswer(Entry<byte[]> found, LeaseTerms terms) {
        return found instanceof DamagedEntry || terms.isMetBy(found, clock);
    }

    @Override
    public Reply<Boolean> putLeased(String key, Entry<byte[]> entry, Lease<byte[]> lease) {
        return store(
                key,
                entry,
                (room, packed) ->
                        new Leases(room).end(packed.key(), lease, packed.tags()) && room.store(packed, PutMode.ALWAYS));
    }

    @Override
    public Reply<@Nullable Void> release(String key, Lease<byte[]> lease) {
        return Reply.deferredWithin(limit ->
                        change(room -> new Leases(room).end(KeyBytes.encode(key), lease, Set.of()), limit))
                .map(ended -> null);
    }

    @Override
    public Reply<Boolean> put(String key, Entry<byte[]> entry, PutMode mode) {
        return store(key, entry, (room, packed) -> room.store(packed, mode));
    }

    private Reply<Boolean> store(String key, Entry<byte[]> entry, Puts.Step step) {
        return Reply.deferredWithin(limit -> puts.put(key, entry, step, limit));
    }

    @Override
    public Reply<@Nullable Void> putAll(Map<String, Entry<byte[]>> all) {
        return putFrom(all.entrySet().iterator());
    }

    private Reply<@Nullable Void> putFrom(Iterator<Map.Entry<String, Entry<byte[]>>> all) {
        return Reply.<Boolean>deferredWithin(limit -> {
                    puts.putSome(all, limit);
                    return all.hasNext();
                })
                .then(more -> more ? putFrom(all) : Reply.none());
    }

    @Override
    public Reply<Boolean> remove(String key) {
        return Reply.deferredWithin(limit -> change(room -> room.erase(KeyBytes.encode(key)), limit));
    }

    @Override
    public Reply<Long> removeAll(Collection<String> keys) {
        List<byte[]> all = keys.stream().distinct().map(KeyBytes::encode).toList();
        return removeFrom(all, 0, 0);
    }

    private Reply<Long> removeFrom(List<byte[]> keys, int from, long before) {
        int to = Math.min(keys.size(), from + Reclaim.ROWS_MAX);
        return Reply.<Long>deferredWithin(limit -> change(
                        room -> {
                            long removed = before;
                            for (byte[] key : keys.subList(from, to)) {
                                removed += room.erase(key) ? 1 : 0;
                            }
                            return removed;
                        },
                        limit))
                .then(removed -> to == keys.size() ? Reply.ready(removed) : removeFrom(keys, to, removed));
    }

    @Override
    public Reply<Boolean> expire(String key, Lifetime lifetime) {
        if (lifetime.isOver(clock.millis())) {
            return remove(key);
        }
        return Reply.deferredWithin(limit -> change(
                room -> room.retime(KeyBytes.encode(key), lifetime.freshUntilMillis(), lifetime.keepUntilMillis()),
                limit));
    }

    @Override
    public Reply<Long> add(String key, long delta, Entry<Long> initial) {
        byte[] bytes = KeyBytes.encode(key);
        return Reply.deferredWithin(limit -> change(
                room -> {
                    Entry<byte[]> found = entries.find(room.session(), bytes);
                    Entry<byte[]> counted = found != null && isAnswer(found, LeaseTerms.TAGGED) ? found : null;
                    long sum = sum(key, counted == null ? initialValue(initial) : integer(key, counted), delta);
                    Entry<?> kept = counted == null ? initial : counted;
                    room.store(
                            entries.packInRow(bytes, kept.withValue(new DecimalCodec().encode(sum))), PutMode.ALWAYS);
                    return sum;
                },
                limit));
    }

    private static long initialValue(Entry<Long> initial) {
        Long first = initial.value();
        if (first == null) {
            throw new IllegalArgumentException("initial must have a value, was " + initial);
        }
        return first;
    }

    private static long sum(String key, long from, long delta) {
        try {
            return Math.addExact(from, delta);
        } catch (ArithmeticException e) {
            throw new ArithmeticException("Cannot add " + delta + " at key '" + Entries.shortened(key)
                    + "': the sum is beyond a signed integer of 64 bits");
        }
    }

    private static long integer(String key, Entry<byte[]> found) {
        try {
            byte[] value = found.value();
            if (value != null) {
                return new DecimalCodec().decode(value);
            }
        } catch (CodecException e) {
            // Told below, together with an entry that has no value.
        }
        throw BackendException.lasting(
                "Cannot count at key '" + Entries.shortened(key) + "': its entry is not an integer of 64 bits", null);
    }

    @Override
    public Reply<Long> invalidateTag(String tag) {
        return Reply.<int[]>deferredWithin(limit -> change(
                        room -> {
                            new Leases(room).invalidated(tag);
                            return room.eraseTagged(tag, Reclaim.ROWS_MAX);
                        },
                        limit))
                .then(some -> eraseTagged(tag, some, 0));
    }

    private Reply<Long> eraseTagged(String tag, int[] some, long before) {
        long present = before + some[1];
        return some[0] < Reclaim.ROWS_MAX
                ? Reply.ready(present)
                : Reply.<int[]>deferredWithin(limit -> change(room -> room.eraseTagged(tag, Reclaim.ROWS_MAX), limit))
                        .then(more -> eraseTagged(tag, more, present));
    }

    @Override
    public Pages<KeyedEntry<String, byte[]>> entriesByTag(String tag) {
        return walks.entriesByTag(tag);
    }

    @Override
    public Pages<String> keys(KeyPattern pattern) {
        return walks.keys(pattern);
    }

    @Override
    public Pages<KeyedEntry<String, byte[]>> entries(KeyPattern pattern) {
        return walks.entries(pattern);
    }

    /** Leases first: what was stored under one before is seen by the walk, and after it none is left to store under. */
    @Override
    public Reply<Long> removeMatching(KeyPattern pattern) {
        return Reply.<Boolean>deferredWithin(limit -> change(
                        room -> {
                            new Leases(room).end(pattern);
                            return true;
                        },
                        limit))
                .then(ended -> removeMatching(pattern, new Walk(entries.scope(), pattern), 0));
    }

    private Reply<Long> removeMatching(KeyPattern pattern, Walk walk, long before) {
        List<Row> rows = new ArrayList<>();
        return Reply.<Long>deferredWithin(limit -> change(
                        room -> {
                            room.touchAll();
                            rows.clear();
                            rows.addAll(walk.rows(room.session()));
                            long removed = before;
                            for (Row row : rows) {
                                removed += Walks.matches(pattern, row.key()) && room.erase(row.key()) ? 1 : 0;
                            }
                            return removed;
                        },
                        limit))
                .then(removed -> {
                    walk.advance(rows);
                    return rows.isEmpty() ? Reply.ready(removed) : removeMatching(pattern, walk, removed);
                });
    }

    /** Takes constant time for the caller: what was in the room is reclaimed later. */
    @Override
    public Reply<@Nullable Void> clear() {
        return Reply.<Boolean>deferredWithin(
                        limit -> database.write(session -> Room.leave(session, entries.scope()), limit))
                .map(left -> null);
    }

    @Override
    public Reply<@Nullable Void> ping() {
        return Reply.<Long>deferredWithin(
                        limit -> database.read(session -> session.number("SELECT file_bytes FROM totals"), limit))
                .map(answered -> null);
    }

    @Override
    public Reply<BackendInfo> info() {
        return Reply.deferredWithin(limit -> database.read(
                session -> new BackendInfo(
                        address,
                        session.number(
                                "SELECT count(*) FROM entries WHERE room = (SELECT id FROM rooms WHERE scope = ?)",
                                entries.scope()),
                        database.budget().evictions(),
                        Budget.usedBytes(session),
                        Map.of(
                                "folder", database.toString(),
                                "engine", "SQLite " + session.first(row -> row.text(1), "SELECT sqlite_version()"),
                                "rebuilds", Long.toString(database.rebuilds()))),
                limit));
    }

    /** Leaves the database alone, which other caches share. */
    @Override
    public void close() {
        // Nothing is this cache's alone.
    }

    /** What is done in a room, in one transaction. */
    @FunctionalInterface
    private interface RoomChange<T> {
        T apply(Room room) throws SQLException;
    }

    private <T> T change(RoomChange<T> change, long limit) {
        return database.write(
                session -> change.apply(
                        Room.of(session, entries.scope(), database.budget().recency(), clock.millis())),
                limit);
    }
}
