package io.larder.jcache;

import javax.cache.Cache;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.EventType;
import org.jspecify.annotations.Nullable;

/** What happened to one entry. Immutable. */
final class EntryEvent<K, V> extends CacheEntryEvent<K, V> {

    private static final long serialVersionUID = 1L;

    private final transient K key;
    private final transient @Nullable V value;
    private final transient @Nullable V oldValue;

    EntryEvent(Cache<K, V> source, EventType type, K key, @Nullable V value, @Nullable V oldValue) {
        super(source, type);
        this.key = key;
        this.value = value;
        this.oldValue = oldValue;
    }

    /** Returns this for listeners that did not ask for old values; of a removed or expired entry the value is one. */
    EntryEvent<K, V> withoutOldValue() {
        boolean gone = getEventType() == EventType.REMOVED || getEventType() == EventType.EXPIRED;
        return new EntryEvent<>(cache(), getEventType(), key, gone ? null : value, null);
    }

    @SuppressWarnings("unchecked") // The event's class takes any cache, the constructor only this one.
    private Cache<K, V> cache() {
        return getSource();
    }

    @Override
    public K getKey() {
        return key;
    }

    @Override
    public @Nullable V getValue() {
        return value;
    }

    @Override
    public @Nullable V getOldValue() {
        return oldValue;
    }

    @Override
    public boolean isOldValueAvailable() {
        return oldValue != null;
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        return Unwrapped.as(type, this);
    }
}
