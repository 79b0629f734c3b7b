package io.larder.jcache;

import io.larder.CacheEntry;
import io.larder.EntryOptions;
import io.larder.LoadException;
import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.event.EventType;
import javax.cache.integration.CacheLoaderException;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one cache as JCache sees them: copied, with the deadlines of its policy, and with events. Thread-safe.
 *
 * <p>Methods that change an entry, and {@link #current}, want the key's lock. An entry that has expired answers nobody, but is kept
 * another hour where somebody listens for that; whoever comes by then tells.
 */
final class Entries<K, V> {

    private static final Duration EXPIRED_KEPT = Duration.ofHours(1);
    private static final String ALL = "*";

    private final io.larder.Cache<K, Object> cache;
    private final Copies copies;
    private final Expiry expiry;
    private final Listeners<K, V> listeners;

    /** A value, and how long it may still be served. */
    record Current<V>(V value, Duration remaining) {}

    Entries(io.larder.Cache<K, Object> cache, Copies copies, Expiry expiry, Listeners<K, V> listeners) {
        this.cache = cache;
        this.copies = copies;
        this.expiry = expiry;
        this.listeners = listeners;
    }

    /** Returns whether a read may pass by the lock: nobody has to be told when it meets an entry that has expired. */
    boolean isReadQuietly() {
        return !isWatched();
    }

    /** Returns whether a put may pass by the entry before it: neither policy nor listeners ask whether there is one. */
    boolean isPutBlindly() {
        return expiry.isSteady()
                && !isWatched()
                && !listeners.hear(EventType.CREATED)
                && !listeners.hear(EventType.UPDATED);
    }

    private boolean isWatched() {
        return listeners.hear(EventType.EXPIRED);
    }

    boolean contains(K key) {
        return cache.get(key) != null;
    }

    /** Returns the value, without a lock and without a word to anybody. */
    @Nullable
    V peek(K key) {
        Object held = cache.get(key);
        return held == null ? null : shown(held);
    }

    /** Returns the values there are, as {@link #peek}. */
    Stream<KeyValue<K, V>> peekAll(List<K> keys) {
        return cache.getAll(keys).entrySet().stream().<KeyValue<K, V>>mapMulti((found, values) -> {
            if (found.getValue() != null) {
                values.accept(new KeyValue<>(found.getKey(), shown(found.getValue())));
            }
        });
    }

    /** Returns the value; one that has expired goes, and so does a cached "no such thing", which JCache does not know. */
    @Nullable
    Current<V> current(K key) {
        CacheEntry<K, Object> entry = cache.find(key);
        if (entry == null) {
            return null;
        }
        Object held = entry.value();
        if (held != null && !entry.stale()) {
            return new Current<>(shown(held), entry.remaining());
        }
        cache.remove(key);
        if (held != null) {
            listeners.expired(key, shown(held));
        }
        return null;
    }

    /** Stores a value where {@link #current} found none, and returns whether the policy let it. */
    boolean create(K key, V value) {
        Duration ttl = expiry.forCreation();
        if (ttl.isZero()) {
            return false;
        }
        cache.put(ownKey(key), copies.in(value), kept(ttl));
        listeners.created(key, value);
        return true;
    }

    /** Stores a value if nobody in any process has stored one meanwhile, and returns whether it did. */
    boolean createIfAbsent(K key, V value) {
        Duration ttl = expiry.forCreation();
        if (ttl.isZero() || !cache.putIfAbsent(ownKey(key), copies.in(value), kept(ttl))) {
            return false;
        }
        listeners.created(key, value);
        return true;
    }

    /** Stores a value in place of {@code current}. */
    void update(K key, V value, Current<V> current) {
        Duration ttl = expiry.forUpdate();
        cache.put(ownKey(key), copies.in(value), kept(ttl == null ? current.remaining() : ttl));
        listeners.updated(key, value, current.value());
    }

    /** Stores a value whether there is {@code current} or not, and returns whether the policy let it. */
    boolean set(K key, V value, @Nullable Current<V> current) {
        if (current == null) {
            return create(key, value);
        }
        update(key, value, current);
        return true;
    }

    /** Removes what {@link #current} found, and what is being loaded if it found nothing; returns whether there was an entry. */
    boolean remove(K key, @Nullable Current<V> current) {
        boolean removed = cache.remove(key);
        if (removed && current != null) {
            listeners.removed(key, current.value());
        }
        return removed;
    }

    /** Gives an entry that was read the deadline that the policy has for that. */
    void touch(K key, V value) {
        Duration ttl = expiry.forAccess();
        if (ttl == null) {
            return;
        }
        if (isWatched() && !ttl.isZero()) {
            // A new deadline alone would take away the hour after it.
            cache.put(ownKey(key), copies.in(value), kept(ttl));
        } else {
            cache.expire(key, ttl);
        }
    }

    /** Returns what {@code loader} has for the key; who asks for it meanwhile waits for the same answer. */
    @Nullable
    V load(K key, LoaderCalls<K, V> loader) {
        AtomicReference<@Nullable V> loaded = new AtomicReference<>();
        Object held;
        try {
            held = cache.get(ownKey(key), EntryOptions.DEFAULT, (same, context) -> {
                V value = loader.load(key);
                if (value == null) {
                    return null;
                }
                Duration ttl = expiry.forCreation();
                if (ttl.isZero()) {
                    context.doNotStore();
                } else {
                    context.options(kept(ttl));
                    loaded.set(value);
                }
                return copies.in(value);
            });
        } catch (LoadException e) {
            throw failed(e);
        }
        V created = loaded.get();
        if (created != null) {
            listeners.created(key, created);
        }
        return held == null ? null : shown(held);
    }

    /** Returns the values of {@code keys}; those that are missing come from one call of {@code loader}. */
    Map<K, V> loadAll(List<K> keys, LoaderCalls<K, V> loader) {
        if (keys.isEmpty()) {
            return Map.of();
        }
        // The policy is asked for each, as JCache wants; if its answers differ, no entry is kept for too long.
        Duration ttl =
                Collections.min(keys.stream().map(key -> expiry.forCreation()).toList());
        Map<K, V> created = new LinkedHashMap<>();
        Map<K, @Nullable Object> held;
        try {
            held = cache.getAll(
                    keys.stream().map(this::ownKey).toList(),
                    missing -> {
                        created.putAll(loader.loadAll(missing));
                        Map<K, Object> copied = new LinkedHashMap<>();
                        created.forEach((key, value) -> copied.put(key, copies.in(value)));
                        return copied;
                    },
                    kept(ttl));
        } catch (LoadException e) {
            throw failed(e);
        }
        if (!ttl.isZero()) {
            created.forEach(listeners::created);
        }
        Map<K, V> values = new LinkedHashMap<>();
        held.forEach((key, value) -> {
            if (value != null) {
                values.put(key, shown(value));
            }
        });
        return values;
    }

    private static CacheLoaderException failed(LoadException failure) {
        return failure.getCause() instanceof CacheLoaderException expected
                ? expected
                : new CacheLoaderException(failure.getMessage(), failure);
    }

    List<K> keys() {
        try (Stream<K> keys = cache.keys(ALL)) {
            return keys.map(this::ownKey).toList();
        }
    }

    Iterator<Cache.Entry<K, V>> iterator() {
        return cache.entries(ALL)
                .<Cache.Entry<K, V>>mapMulti((entry, values) -> {
                    Object held = entry.value();
                    if (held != null) {
                        values.accept(new KeyValue<>(ownKey(entry.key()), shown(held)));
                    }
                })
                .iterator();
    }

    void clear() {
        cache.clear();
    }

    private EntryOptions kept(Duration ttl) {
        // What JCache calls eternal lives as long as the URL lets it.
        EntryOptions options = ttl.equals(EntryOptions.NEVER) ? EntryOptions.DEFAULT : EntryOptions.ttl(ttl);
        return isWatched() && !ttl.isZero() ? options.staleFor(EXPIRED_KEPT) : options;
    }

    @SuppressWarnings("unchecked") // What went in as a value comes out as one.
    private V shown(Object held) {
        return (V) copies.out(held);
    }

    /** Returns a key that no caller can change. */
    @SuppressWarnings("unchecked")
    private K ownKey(K key) {
        return (K) copies.out(copies.in(key));
    }
}
