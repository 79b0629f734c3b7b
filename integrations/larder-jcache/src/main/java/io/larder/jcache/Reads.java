package io.larder.jcache;

import io.larder.jcache.Entries.Current;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The calls that read. Thread-safe. */
final class Reads<K, V> {

    private final Entries<K, V> entries;
    private final KeyLocks locks;
    private final Statistics statistics;
    private final @Nullable LoaderCalls<K, V> loader;

    Reads(Parts<K, V> parts) {
        this.entries = parts.entries();
        this.locks = parts.locks();
        this.statistics = parts.statistics();
        this.loader = parts.readThrough();
    }

    @Nullable
    V get(K key) {
        Objects.requireNonNull(key, "key");
        long begin = statistics.begin();
        V value = found(key);
        boolean hit = value != null;
        if (!hit && loader != null) {
            value = entries.load(key, loader);
        }
        statistics.gets(hit ? 1 : 0, hit ? 0 : 1, begin);
        return value;
    }

    private @Nullable V found(K key) {
        if (!entries.isReadQuietly()) {
            return locks.locked(key, () -> {
                Current<V> current = entries.current(key);
                if (current == null) {
                    return null;
                }
                entries.touch(key, current.value());
                return current.value();
            });
        }
        V value = entries.peek(key);
        if (value != null) {
            entries.touch(key, value);
        }
        return value;
    }

    Map<K, V> getAll(Set<? extends K> keys) {
        keys.forEach(key -> Objects.requireNonNull(key, "key"));
        long begin = statistics.begin();
        Map<K, V> values = new LinkedHashMap<>();
        if (entries.isReadQuietly()) {
            entries.peekAll(List.copyOf(keys)).forEach(entry -> {
                entries.touch(entry.key(), entry.value());
                values.put(entry.key(), entry.value());
            });
        } else {
            for (K key : keys) {
                V value = found(key);
                if (value != null) {
                    values.put(key, value);
                }
            }
        }
        int hits = values.size();
        if (loader != null && hits < keys.size()) {
            List<K> missing = new ArrayList<>(keys);
            missing.removeAll(values.keySet());
            values.putAll(entries.loadAll(missing, loader));
        }
        statistics.gets(hits, keys.size() - hits, begin);
        return values;
    }

    /** Loads those of {@code keys} that have no entry. */
    void loadMissing(List<K> keys, LoaderCalls<K, V> from) {
        List<K> missing = keys.stream()
                .filter(key -> entries.isReadQuietly() || locks.locked(key, () -> entries.current(key)) == null)
                .toList();
        var unused = entries.loadAll(missing, from);
    }

    /** Loads all of {@code keys}, and stores what there is in place of their entries. */
    void reload(List<K> keys, LoaderCalls<K, V> from) {
        from.loadAll(keys).forEach((key, value) -> {
            var unused = locks.locked(key, () -> entries.set(key, value, entries.current(key)));
        });
    }

    boolean contains(K key) {
        Objects.requireNonNull(key, "key");
        return entries.contains(key);
    }
}
