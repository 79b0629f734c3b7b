package io.larder.jcache;

import io.larder.jcache.Entries.Current;
import io.larder.jcache.WriterCalls.Outcome;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The calls that write and remove. Thread-safe: each looks and changes under the key's lock.
 *
 * <p>The {@code CacheWriter} is called first; when it fails, nothing changes.
 */
final class Writes<K, V> {

    private final Entries<K, V> entries;
    private final KeyLocks locks;
    private final Statistics statistics;
    private final WriterCalls<K, V> writer;

    Writes(Parts<K, V> parts) {
        this.entries = parts.entries();
        this.locks = parts.locks();
        this.statistics = parts.statistics();
        this.writer = parts.writer();
    }

    void put(K key, V value) {
        check(key, value);
        long begin = statistics.begin();
        statistics.puts(locks.locked(key, () -> put(key, value, replaced(key))) ? 1 : 0, begin);
    }

    /** Returns the entry that a put replaces, if anybody asks. */
    private @Nullable Current<V> replaced(K key) {
        return entries.isPutBlindly() ? null : entries.current(key);
    }

    private boolean put(K key, V value, @Nullable Current<V> current) {
        writer.write(key, value);
        return entries.set(key, value, current);
    }

    @Nullable
    V getAndPut(K key, V value) {
        check(key, value);
        long begin = statistics.begin();
        return locks.locked(key, () -> {
            Current<V> current = found(key, begin);
            statistics.puts(put(key, value, current) ? 1 : 0, begin);
            return current == null ? null : current.value();
        });
    }

    void putAll(Map<? extends K, ? extends V> values) {
        Map<K, V> given = new LinkedHashMap<>();
        values.forEach((key, value) -> {
            check(key, value);
            given.put(key, value);
        });
        long begin = statistics.begin();
        Outcome<K> written = writer.writeAll(given);
        long stored = given.entrySet().stream()
                .filter(entry -> !written.unwritten().contains(entry.getKey()))
                .filter(entry -> locks.locked(
                        entry.getKey(), () -> entries.set(entry.getKey(), entry.getValue(), replaced(entry.getKey()))))
                .count();
        statistics.puts(stored, begin);
        written.check();
    }

    boolean putIfAbsent(K key, V value) {
        check(key, value);
        long begin = statistics.begin();
        return locks.locked(key, () -> {
            if (found(key, begin) != null) {
                return false;
            }
            writer.write(key, value);
            boolean stored = entries.createIfAbsent(key, value);
            statistics.puts(stored ? 1 : 0, begin);
            return stored;
        });
    }

    boolean replace(K key, V value) {
        return getAndReplace(key, value) != null;
    }

    @Nullable
    V getAndReplace(K key, V value) {
        check(key, value);
        long begin = statistics.begin();
        return locks.locked(key, () -> {
            Current<V> current = found(key, begin);
            if (current == null) {
                return null;
            }
            statistics.puts(put(key, value, current) ? 1 : 0, begin);
            return current.value();
        });
    }

    boolean replace(K key, V oldValue, V newValue) {
        check(key, oldValue);
        Objects.requireNonNull(newValue, "newValue");
        long begin = statistics.begin();
        return locks.locked(key, () -> {
            Current<V> current = foundEqual(key, oldValue, begin);
            if (current == null) {
                return false;
            }
            statistics.puts(put(key, newValue, current) ? 1 : 0, begin);
            return true;
        });
    }

    boolean remove(K key) {
        Objects.requireNonNull(key, "key");
        long begin = statistics.begin();
        return locks.locked(key, () -> {
            writer.delete(key);
            return remove(key, entries.current(key), begin);
        });
    }

    @Nullable
    V getAndRemove(K key) {
        Objects.requireNonNull(key, "key");
        long begin = statistics.begin();
        return locks.locked(key, () -> {
            writer.delete(key);
            Current<V> current = found(key, begin);
            return remove(key, current, begin) && current != null ? current.value() : null;
        });
    }

    boolean remove(K key, V oldValue) {
        check(key, oldValue);
        long begin = statistics.begin();
        return locks.locked(key, () -> {
            Current<V> current = foundEqual(key, oldValue, begin);
            if (current == null) {
                return false;
            }
            writer.delete(key);
            return remove(key, current, begin);
        });
    }

    void removeAll(Collection<? extends K> keys) {
        keys.forEach(key -> Objects.requireNonNull(key, "key"));
        Outcome<K> deleted = writer.deleteAll(keys);
        for (K key : keys) {
            if (!deleted.unwritten().contains(key)) {
                long begin = statistics.begin();
                var unused = locks.locked(key, () -> remove(key, entries.current(key), begin));
            }
        }
        deleted.check();
    }

    private boolean remove(K key, @Nullable Current<V> current, long begin) {
        boolean removed = entries.remove(key, current);
        statistics.removals(removed ? 1 : 0, begin);
        return removed;
    }

    /** Returns the entry, counted as a read. */
    private @Nullable Current<V> found(K key, long begin) {
        Current<V> current = entries.current(key);
        statistics.gets(current == null ? 0 : 1, current == null ? 1 : 0, begin);
        return current;
    }

    /** Returns the entry if it has that value; another one has been read, and its deadline follows. */
    private @Nullable Current<V> foundEqual(K key, V expected, long begin) {
        Current<V> current = found(key, begin);
        if (current == null || Objects.deepEquals(current.value(), expected)) {
            return current;
        }
        entries.touch(key, current.value());
        return null;
    }

    private static void check(Object key, Object value) {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(value, "value");
    }
}
