package io.larder.jcache;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CacheWriterException;
import org.jspecify.annotations.Nullable;

/**
 * Calls a {@link CacheWriter} where there is one; whatever it throws arrives as a {@link CacheWriterException}. Thread-safe as the writer is.
 */
final class WriterCalls<K, V> {

    private final @Nullable CacheWriter<K, V> writer;

    /**
     * How a bulk call ended.
     *
     * @param unwritten what a writer that failed has left in the collection that it was given
     */
    record Outcome<K>(Set<K> unwritten, @Nullable CacheWriterException failure) {

        void check() {
            if (failure != null) {
                throw failure;
            }
        }
    }

    @SuppressWarnings("unchecked") // It takes keys and values, and gives none.
    WriterCalls(@Nullable CacheWriter<? super K, ? super V> writer) {
        this.writer = (CacheWriter<K, V>) writer;
    }

    void write(K key, V value) {
        if (writer != null) {
            try {
                writer.write(new KeyValue<>(key, value));
            } catch (RuntimeException e) {
                throw failed(e);
            }
        }
    }

    void delete(K key) {
        if (writer != null) {
            try {
                writer.delete(key);
            } catch (RuntimeException e) {
                throw failed(e);
            }
        }
    }

    Outcome<K> writeAll(Map<? extends K, ? extends V> values) {
        if (writer != null && !values.isEmpty()) {
            List<Cache.Entry<? extends K, ? extends V>> entries = new ArrayList<>();
            values.forEach((key, value) -> entries.add(new KeyValue<K, V>(key, value)));
            try {
                writer.writeAll(entries);
            } catch (RuntimeException e) {
                Set<K> unwritten = new HashSet<>();
                entries.forEach(entry -> unwritten.add(entry.getKey()));
                return new Outcome<>(unwritten, failed(e));
            }
        }
        return new Outcome<>(Set.of(), null);
    }

    @SuppressWarnings("unchecked") // What the writer has left are keys that it was given.
    Outcome<K> deleteAll(Collection<? extends K> keys) {
        if (writer != null && !keys.isEmpty()) {
            Set<Object> deleted = new HashSet<>(keys);
            try {
                writer.deleteAll(deleted);
            } catch (RuntimeException e) {
                return new Outcome<>((Set<K>) deleted, failed(e));
            }
        }
        return new Outcome<>(Set.of(), null);
    }

    private static CacheWriterException failed(RuntimeException failure) {
        return failure instanceof CacheWriterException expected
                ? expected
                : new CacheWriterException("The CacheWriter failed: " + failure, failure);
    }

    void close() {
        Closing.close(writer);
    }
}
