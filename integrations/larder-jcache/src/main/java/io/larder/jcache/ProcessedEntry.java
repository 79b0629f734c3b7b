package io.larder.jcache;

import io.larder.jcache.Entries.Current;
import java.util.Objects;
import javax.cache.processor.MutableEntry;
import org.jspecify.annotations.Nullable;

/** What an {@code EntryProcessor} sees of an entry, and what is to become of it. Confined to one thread. */
final class ProcessedEntry<K, V> implements MutableEntry<K, V> {

    private final K key;
    private final @Nullable Current<V> current;
    private final @Nullable LoaderCalls<K, V> loader;
    private @Nullable V value;
    private Change change = Change.NONE;

    /** What the processor has done, all in all. */
    enum Change {
        NONE,
        READ,
        LOADED,
        SET,
        REMOVED
    }

    ProcessedEntry(K key, @Nullable Current<V> current, @Nullable LoaderCalls<K, V> loader) {
        this.key = key;
        this.current = current;
        this.loader = loader;
        this.value = current == null ? null : current.value();
    }

    Change change() {
        return change;
    }

    @Override
    public boolean exists() {
        return value != null;
    }

    @Override
    public K getKey() {
        return key;
    }

    @Override
    public @Nullable V getValue() {
        if (value != null) {
            change = change == Change.NONE ? Change.READ : change;
        } else if (loader != null) {
            value = loader.load(key);
            change = value == null ? change : Change.LOADED;
        }
        return value;
    }

    @Override
    public void setValue(V given) {
        value = Objects.requireNonNull(given, "value");
        change = Change.SET;
    }

    @Override
    public void remove() {
        boolean unknown = current == null && (change == Change.SET || change == Change.LOADED);
        value = null;
        change = unknown ? Change.NONE : Change.REMOVED;
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        return Unwrapped.as(type, this);
    }
}
