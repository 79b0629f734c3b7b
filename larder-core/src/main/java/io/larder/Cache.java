package io.larder;

import io.larder.spi.CacheScope;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A cache with the same promises on every backend. Thread-safe.
 *
 * <p>Calls wait for the backend; {@link #async} has the same calls without waiting. No argument may be null unless it says so. An
 * entry whose ttl has passed is absent, except for calls with a loader and a {@link EntryOptions#staleFor(Duration)}. A call after {@link Larder#close} fails with a {@link ClosedException}.
 *
 * <p>A read that the backend fails is a miss, unless {@link OnError#THROW} is set; a write or a removal that it fails throws a
 * {@link BackendException}.
 */
public interface Cache<K, V> {

    /** Returns the cache's name. */
    String name();

    /** Returns the cache's name with its namespace and its version. */
    CacheScope scope();

    /** Returns the value, or null for a miss and for a cached "no such thing"; {@link #find} tells them apart. */
    @Nullable
    V get(K key);

    /** Returns the value, loading it on a miss with the cache's own settings. */
    default @Nullable V get(K key, Loader<? super K, ? extends V> loader) {
        return get(key, loader, EntryOptions.DEFAULT);
    }

    /**
     * Returns the value; on a miss calls {@code loader} and stores what it returns.
     *
     * <p>All who ask for the key meanwhile wait for that one call, with {@link Stampede#FLEET} in other processes too. What was
     * invalidated while it loaded is returned to those who were waiting, but not stored. A backend that is down does not keep the value
     * from being loaded.
     *
     * <p>With a {@code staleFor}, of the call or the cache, an entry whose ttl has passed answers at once while it is reloaded on the
     * {@link Larder}'s executor, or as {@link CacheBuilder#staleWait} says; but never after it was invalidated.
     *
     * @return the value, or null when the loader returned null or that was cached
     * @throws LoadException when the loader fails, to every waiter; when it asks for a key that waits for it; or when {@link
     *     CacheBuilder#loadTimeout} has passed
     */
    @Nullable
    V get(K key, Loader<? super K, ? extends V> loader, EntryOptions options);

    /**
     * Returns the value; on a miss calls {@code loader}, which chooses how its value is kept, beginning with {@code options}. Stale
     * values are answered as {@link #get(Object, Loader, EntryOptions)} does, whoever chose their {@code staleFor}.
     *
     * <p>The options come first, so that no reference to a method fits both this and that one.
     *
     * @throws LoadException when the loader fails, as there
     */
    @Nullable
    V get(K key, EntryOptions options, ContextLoader<? super K, V> loader);

    /** Returns the entry with its metadata, also when it is stale or a cached "no such thing", or null for a miss. */
    @Nullable
    CacheEntry<K, V> find(K key);

    /** Returns whether there is an entry, be it a cached "no such thing". */
    boolean contains(K key);

    /** Returns the values there are; a cached "no such thing" is in the map as null. */
    Map<K, @Nullable V> getAll(Collection<? extends K> keys);

    /** Returns the values, loading those that are missing with the cache's own settings. */
    default Map<K, @Nullable V> getAll(Collection<? extends K> keys, BulkLoader<K, ? extends V> loader) {
        return getAll(keys, loader, EntryOptions.DEFAULT);
    }

    /**
     * Returns the values; those that are missing come from one call of {@code loader}, except for keys that are being loaded
     * already, which are waited for.
     *
     * @return the values by key; keys without a value are left out or, when that is cached, map to null
     * @throws LoadException when the loader fails; nothing of its call is stored then
     */
    Map<K, @Nullable V> getAll(Collection<? extends K> keys, BulkLoader<K, ? extends V> loader, EntryOptions options);

    /** Stores a value with the cache's own settings. */
    default void put(K key, @Nullable V value) {
        put(key, value, EntryOptions.DEFAULT);
    }

    /** Stores a value in place of the entry and its tags; null is stored as "no such thing". */
    void put(K key, @Nullable V value, EntryOptions options);

    /** Stores all values with the cache's own settings. */
    default void putAll(Map<? extends K, ? extends @Nullable V> values) {
        putAll(values, EntryOptions.DEFAULT);
    }

    /** Stores all values with the same options; jitter is drawn for each. */
    void putAll(Map<? extends K, ? extends @Nullable V> values, EntryOptions options);

    /** Stores a value if there is no entry, with the cache's own settings, and returns whether it did. */
    default boolean putIfAbsent(K key, @Nullable V value) {
        return putIfAbsent(key, value, EntryOptions.DEFAULT);
    }

    /** Stores a value if there is no entry, and returns whether it did. */
    boolean putIfAbsent(K key, @Nullable V value, EntryOptions options);

    /** Stores a value if there is an entry, with the cache's own settings, and returns whether it did. */
    default boolean replace(K key, @Nullable V value) {
        return replace(key, value, EntryOptions.DEFAULT);
    }

    /** Stores a value if there is an entry, and returns whether it did. */
    boolean replace(K key, @Nullable V value, EntryOptions options);

    /**
     * Stores {@code entries} where there is nothing fresh, several at a time, and returns what became of them.
     *
     * <p>What fails is told, and counted, and the rest goes on. Waits until all is done; an interrupt ends it. Taken from the stream are only
     * as many entries as are worked on; at the end it is closed. A value that changes at its source after it was put into the stream is
     * stored as it was: where that may be, warm with a loader, whose value is not stored when its key is invalidated meanwhile.
     *
     * @throws RuntimeException what the stream or a listener throws, which ends it
     */
    WarmReport warm(Stream<? extends WarmEntry<K, V>> entries, WarmOptions options);

    /**
     * Loads the values of {@code keys} that are not there, or stale, several at a time on the {@link Larder}'s executor, and returns what
     * became of them, otherwise as {@link #warm(Stream, WarmOptions)} does.
     *
     * <p>Each is loaded under the same lease as for a caller of {@code get}, so that nothing is loaded twice.
     */
    WarmReport warm(Stream<? extends K> keys, Loader<? super K, ? extends V> loader, WarmOptions options);

    /** Loads {@code keys} again in each period, with the cache's own settings. */
    default RefreshJob refreshEvery(
            Duration period, Supplier<? extends Stream<? extends K>> keys, Loader<? super K, ? extends V> loader) {
        return refreshEvery(period, keys, loader, WarmOptions.DEFAULT);
    }

    /**
     * Loads {@code keys}, which are listed anew each time, at once and then in each period, in the background, until the job or the {@link
     * Larder} is closed. What was stored since the period began, by any process, is left alone, so that one process of many loads each
     * key once; readers meanwhile get the value there is. The ttl should be longer than the period, or {@link EntryOptions#NEVER}.
     *
     * <p>What fails is tried again after a second, then after longer and longer pauses, half of them at random, up to the period. A cache that
     * is switched off is not refreshed.
     *
     * @param period at least 100 ms; counted from the Unix epoch, so that a minute begins with the minute
     */
    RefreshJob refreshEvery(
            Duration period,
            Supplier<? extends Stream<? extends K>> keys,
            Loader<? super K, ? extends V> loader,
            WarmOptions options);

    /** Removes the entry and returns whether there was one. */
    boolean remove(K key);

    /** Removes the entries of {@code keys} and returns how many there were. */
    long removeAll(Collection<? extends K> keys);

    /** Gives the entry a new time to live from now, with the cache's own {@code staleFor}, and returns whether there was one; zero removes it. */
    boolean expire(K key, Duration ttl);

    /** Removes every entry that carries {@code tag} and returns how many there were. */
    long invalidateTag(String tag);

    /** Returns the entries that carry {@code tag}, read in pages as the stream is consumed. */
    Stream<CacheEntry<K, V>> entriesByTag(String tag);

    /**
     * Returns the keys that match {@code glob}, read in pages as the stream is consumed.
     *
     * <p>{@code *} stands for any run of characters, {@code ?} for one, {@code [a-z]} for one of a set; {@code \} takes the next
     * character as it is. A key is matched as its {@link io.larder.spi.KeyCodec} writes it.
     *
     * @throws IllegalArgumentException when the glob is malformed
     */
    Stream<K> keys(String glob);

    /** Returns the entries whose key matches {@code glob}, as {@link #keys} does. */
    Stream<CacheEntry<K, V>> entries(String glob);

    /** Removes every entry whose key matches {@code glob} and returns how many there were. */
    long removeMatching(String glob);

    /** Removes every entry of this cache; other caches, namespaces and versions stay. */
    void clear();

    /**
     * Returns the entries as counters; they are entries like any other, and {@link #get} reads them.
     *
     * @throws ConfigException when the cache's values are not {@code Long}, {@code Number} or {@code Object}
     */
    Counters<K> counters();

    /** Returns when the backend has answered. */
    void ping();

    /**
     * Switches the cache off, in this process, until {@link #enable}: reads find nothing, loaders are called and nothing is stored.
     *
     * <p>Removals and invalidations still reach the backend, writes remove what they would have replaced, and {@link #expire} and
     * {@link #counters} go on; so nothing that is out of date is there when the cache is switched on again. Callers still share loads.
     */
    void disable();

    /** Switches the cache on again; entries that nobody removed or wrote meanwhile are there. */
    void enable();

    /** Returns whether the cache is on. */
    boolean isEnabled();

    /** Returns what was counted so far, and what the backend tells when it is asked. */
    CacheStats stats();

    /**
     * Returns what was counted so far, without asking a backend outside this process, of which only the address, the state of its breaker
     * and whether a spare is in use are told. Cheap, and also works when the {@link Larder} is closed.
     */
    CacheStats counts();

    /** Returns this cache with calls that do not wait; the same entries, the same loads. */
    AsyncCache<K, V> async();
}
