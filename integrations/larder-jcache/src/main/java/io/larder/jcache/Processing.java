package io.larder.jcache;

import io.larder.jcache.Entries.Current;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.EntryProcessorResult;
import org.jspecify.annotations.Nullable;

/** The calls that run an {@link EntryProcessor}, each under the key's lock. Thread-safe. */
final class Processing<K, V> {

    private final Entries<K, V> entries;
    private final KeyLocks locks;
    private final Statistics statistics;
    private final @Nullable LoaderCalls<K, V> loader;
    private final WriterCalls<K, V> writer;

    Processing(Parts<K, V> parts) {
        this.entries = parts.entries();
        this.locks = parts.locks();
        this.statistics = parts.statistics();
        this.loader = parts.readThrough();
        this.writer = parts.writer();
    }

    <T> @Nullable T invoke(K key, EntryProcessor<K, V, T> processor, Object... arguments) {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(processor, "entryProcessor");
        return locks.locked(key, () -> {
            long begin = statistics.begin();
            Current<V> current = entries.current(key);
            statistics.gets(current == null ? 0 : 1, current == null ? 1 : 0, begin);
            ProcessedEntry<K, V> entry = new ProcessedEntry<>(key, current, loader);
            T result;
            try {
                result = processor.process(entry, arguments);
            } catch (EntryProcessorException e) {
                throw e;
            } catch (RuntimeException e) {
                throw new EntryProcessorException("The EntryProcessor failed: " + e, e);
            }
            apply(entry, current);
            return result;
        });
    }

    private void apply(ProcessedEntry<K, V> entry, @Nullable Current<V> current) {
        long begin = statistics.begin();
        K key = entry.getKey();
        switch (entry.change()) {
            case NONE -> {}
            case READ -> {
                if (current != null) {
                    entries.touch(key, current.value());
                }
            }
            case LOADED -> {
                var unused = entries.set(key, value(entry), current);
            }
            case SET -> {
                writer.write(key, value(entry));
                statistics.puts(entries.set(key, value(entry), current) ? 1 : 0, begin);
            }
            case REMOVED -> {
                writer.delete(key);
                statistics.removals(entries.remove(key, current) ? 1 : 0, begin);
            }
        }
    }

    private V value(ProcessedEntry<K, V> entry) {
        return Objects.requireNonNull(entry.getValue(), "value");
    }

    <T> Map<K, EntryProcessorResult<T>> invokeAll(
            Set<? extends K> keys, EntryProcessor<K, V, T> processor, Object... arguments) {
        Objects.requireNonNull(processor, "entryProcessor");
        keys.forEach(key -> Objects.requireNonNull(key, "key"));
        Map<K, EntryProcessorResult<T>> results = new LinkedHashMap<>();
        for (K key : keys) {
            EntryProcessorResult<T> result = result(key, processor, arguments);
            if (result != null) {
                results.put(key, result);
            }
        }
        return results;
    }

    /** Returns the result, or the failure, of one key; null when there is none. */
    private <T> @Nullable EntryProcessorResult<T> result(
            K key, EntryProcessor<K, V, T> processor, Object... arguments) {
        try {
            T result = invoke(key, processor, arguments);
            return result == null ? null : () -> result;
        } catch (RuntimeException e) {
            EntryProcessorException failure =
                    e instanceof EntryProcessorException expected ? expected : new EntryProcessorException(e);
            return () -> {
                throw failure;
            };
        }
    }
}
