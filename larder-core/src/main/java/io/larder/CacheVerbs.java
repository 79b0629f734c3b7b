package io.larder;

import io.larder.layer.DisabledBackend;
import io.larder.layer.Known;
import io.larder.load.BulkSource;
import io.larder.load.EntryMaker;
import io.larder.load.ReadThrough;
import io.larder.load.Reloads;
import io.larder.load.Source;
import io.larder.spi.Backend;
import io.larder.spi.BackendInfo;
import io.larder.spi.CacheScope;
import io.larder.spi.Capability;
import io.larder.spi.Entry;
import io.larder.spi.KeyPattern;
import io.larder.spi.KeyedEntry;
import io.larder.spi.LeaseTerms;
import io.larder.spi.Lifetime;
import io.larder.spi.Pages;
import io.larder.spi.PutMode;
import io.larder.spi.Reply;
import io.larder.url.Units;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Every call of a cache, once, as a reply; the two views only ask it. Thread-safe.
 *
 * <p>Checks arguments, turns options into deadlines, counts. A hit in memory passes through {@link #get} without an allocation.
 */
final class CacheVerbs<K, V> {

    private final CacheSettings<K, V> settings;
    private final Route<K, V> on;
    private final Route<K, V> off;
    // What calls take at the moment, of one route. Three fields, because a hit in memory is too short for a step more.
    private volatile Backend<K, V> backend;
    private volatile ReadThrough<K, V> reads;
    private volatile Reloads<K, V> reloads;
    private final CacheCounts counts;
    private final Clock clock;
    private final Lifetimes lifetimes;
    private volatile boolean closed;

    /** The way of the calls while the cache is on, or off; each keeps the loads that began on it. */
    private record Route<K, V>(Backend<K, V> backend, ReadThrough<K, V> reads, Reloads<K, V> reloads) {}

    CacheVerbs(
            CacheSettings<K, V> settings, Backend<K, V> backend, CacheCounts counts, Clock clock, Executor executor) {
        this.settings = settings;
        this.counts = counts;
        this.clock = clock;
        this.lifetimes = new Lifetimes(settings.defaults(), clock);
        this.on = route(backend, executor);
        this.off = route(new DisabledBackend<>(backend), executor);
        Route<K, V> first = settings.enabled() ? on : off;
        this.backend = first.backend();
        this.reads = first.reads();
        this.reloads = first.reloads();
    }

    private Route<K, V> route(Backend<K, V> end, Executor executor) {
        ReadThrough<K, V> through =
                new ReadThrough<>(settings.scope().toString(), end, settings.loading(), counts, clock, executor);
        return new Route<>(end, through, new Reloads<>(through, clock, executor, settings.loading()));
    }

    boolean isEnabled() {
        return backend == on.backend();
    }

    void enable() {
        take(on);
    }

    void disable() {
        take(off);
    }

    private void take(Route<K, V> route) {
        checkOpen();
        backend = route.backend();
        reads = route.reads();
        reloads = route.reloads();
    }

    CacheScope scope() {
        return settings.scope();
    }

    /** Returns the entry if it is fresh, else null. */
    Reply<@Nullable Entry<V>> get(K key) {
        Entry<V> atHand = atHand(key);
        return atHand == null ? ask(key) : orNone(atHand);
    }

    /** The same, where it is known that {@link #atHand} finds nothing. */
    Reply<@Nullable Entry<V>> ask(K key) {
        Reply<@Nullable Entry<V>> reply = backend.get(checked(key));
        return reply.isReady() ? counted(reply.join()) : told(reply).then(this::counted);
    }

    private Reply<@Nullable Entry<V>> counted(@Nullable Entry<V> entry) {
        if (entry != null && entry.isFreshAsFound(clock)) {
            counts.hit();
            return orNone(entry);
        }
        counts.miss();
        return Reply.none();
    }

    /** Returns the entry if the backend is in this process and has a fresh one, else null, without counting a miss. */
    @Nullable
    Entry<V> atHand(K key) {
        Entry<V> entry = backend.getNow(checked(key));
        if (entry == null || !entry.isFreshAsFound(clock)) {
            return null;
        }
        counts.hit();
        return entry;
    }

    /** Returns the entry if the backend is in this process and has a fresh one that is not to be reloaded yet, else null. */
    @Nullable
    Entry<V> near(K key) {
        return reads.near(checked(key));
    }

    Reply<Entry<V>> get(K key, Source<K, V> source, EntryOptions options) {
        checkTags(options);
        EntryOptions complete = lifetimes.complete(options);
        EntryMaker<V> maker = new LoadedEntryMaker<>(lifetimes, complete);
        return told(
                complete.takesStale() || settings.loading().refresh().isAhead()
                        ? reloads.get(checked(key), source, maker)
                        : reads.get(checked(key), source, maker));
    }

    /** Returns the entry; {@code loader} makes the source of one load, which is asked if there is none. */
    Reply<Entry<V>> get(K key, EntryOptions options, Function<LoadContext<V>, Source<K, V>> loader) {
        checkTags(options);
        ContextLoad<K, V> load = new ContextLoad<>(
                backend, lifetimes, lifetimes.complete(options), this::shown, this::checkTags, loader);
        // The loader before may have chosen a staleFor, so what is kept is meant to be served.
        return told(reloads.get(checked(key), load, load));
    }

    Reply<Map<K, @Nullable V>> getAll(Collection<? extends K> keys, BulkSource<K, V> source, EntryOptions options) {
        checkTags(options);
        List<K> wanted = checkedAll(keys);
        if (wanted.isEmpty()) {
            return Reply.ready(Map.of());
        }
        EntryOptions complete = lifetimes.complete(options);
        EntryMaker<V> maker = new LoadedEntryMaker<>(lifetimes, complete);
        return told(
                complete.takesStale() || settings.loading().refresh().isAhead()
                        ? reloads.getAll(wanted, source, maker)
                        : reads.getAll(wanted, source, maker));
    }

    /**
     * Stores what {@code source} brings where there is nothing fresh that was made after {@code replacedUntilMillis}, and returns whether it
     * did; what somebody else is loading is left to them.
     */
    Reply<Boolean> fill(K key, Source<K, V> source, EntryOptions options, long replacedUntilMillis) {
        checkTags(options);
        EntryMaker<V> maker = new LoadedEntryMaker<>(lifetimes, lifetimes.complete(options));
        return reads.fill(checked(key), source, maker, new LeaseTerms(maker.tags(), replacedUntilMillis));
    }

    /** As above, with a value that the caller has; null is "no such thing", which is kept as {@link #put} keeps it. */
    Reply<Boolean> fill(K key, @Nullable V value, EntryOptions options, long replacedUntilMillis) {
        EntryOptions complete = lifetimes.complete(options);
        Duration ttl = complete.ttl() == null ? EntryOptions.NEVER : complete.ttl();
        return fill(
                key,
                Source.of((Loader<K, V>) same -> value),
                complete.missTtl() == null ? complete.missTtl(ttl) : complete,
                replacedUntilMillis);
    }

    Reply<@Nullable CacheEntry<K, V>> find(K key) {
        return told(backend.get(checked(key))).map(entry -> {
            counts.reads(entry != null && entry.isFreshAsFound(clock) ? 1 : 0, 1);
            return entry == null ? null : shown(key, entry);
        });
    }

    Reply<Boolean> contains(K key) {
        return get(key).map(entry -> entry != null);
    }

    Reply<Map<K, @Nullable V>> getAll(Collection<? extends K> keys) {
        List<K> wanted = checkedAll(keys);
        if (wanted.isEmpty()) {
            return Reply.ready(Map.of());
        }
        return told(backend.getAll(wanted)).map(found -> {
            Map<K, @Nullable V> values = new LinkedHashMap<>(2 * found.size());
            for (K key : wanted) {
                Entry<V> entry = found.get(key);
                if (entry != null && entry.isFreshAsFound(clock)) {
                    values.put(key, entry.value());
                }
            }
            boolean distinct = values.size() == wanted.size();
            counts.reads(
                    values.size(), distinct ? values.size() : Set.copyOf(wanted).size());
            return values;
        });
    }

    Reply<Boolean> put(K key, @Nullable V value, EntryOptions options, PutMode mode) {
        checkTags(options);
        Reply<Boolean> reply = backend.put(checked(key), entry(value, lifetimes.complete(options)), mode);
        return reply.isReady() ? countedPut(reply.join()) : told(reply).then(this::countedPut);
    }

    private Reply<Boolean> countedPut(boolean stored) {
        counts.puts(stored ? 1 : 0);
        return Reply.ready(stored);
    }

    Reply<@Nullable Void> putAll(Map<? extends K, ? extends @Nullable V> values, EntryOptions options) {
        checkTags(options);
        if (values.isEmpty()) {
            checkOpen();
            return Reply.none();
        }
        EntryOptions complete = lifetimes.complete(options);
        Map<K, Entry<V>> entries = new LinkedHashMap<>();
        values.forEach((key, value) -> entries.put(checked(key), entry(value, complete)));
        return told(backend.putAll(entries)).then(done -> {
            counts.puts(entries.size());
            return Reply.none();
        });
    }

    Reply<Boolean> remove(K key) {
        return told(backend.remove(checked(key))).map(removed -> {
            counts.removals(removed ? 1 : 0);
            return removed;
        });
    }

    Reply<Long> removeAll(Collection<? extends K> keys) {
        List<K> unwanted = checkedAll(keys);
        return unwanted.isEmpty() ? Reply.ready(0L) : removing(backend.removeAll(unwanted));
    }

    Reply<Boolean> expire(K key, Duration ttl) {
        if (ttl.isNegative()) {
            throw new IllegalArgumentException("ttl must not be negative, was " + Units.text(ttl));
        }
        return told(backend.expire(checked(key), lifetimes.ofExpire(ttl)));
    }

    Reply<Long> invalidateTag(String tag) {
        require(Capability.TAGS, "tags");
        return removing(backend.invalidateTag(checkedText("tag", tag)));
    }

    Pages<CacheEntry<K, V>> entriesByTag(String tag) {
        require(Capability.TAGS, "tags");
        return backend.entriesByTag(checkedText("tag", tag)).mapNotNull(this::shown);
    }

    Pages<K> keys(String glob) {
        return backend.keys(listing(glob));
    }

    Pages<CacheEntry<K, V>> entries(String glob) {
        return backend.entries(listing(glob)).mapNotNull(this::shown);
    }

    Reply<Long> removeMatching(String glob) {
        return removing(backend.removeMatching(listing(glob)));
    }

    Reply<@Nullable Void> clear() {
        checkOpen();
        return told(backend.clear());
    }

    Reply<Long> add(K key, long delta, long initial, EntryOptions options) {
        checkTags(options);
        EntryOptions complete = lifetimes.complete(options);
        Entry<Long> first = new Entry<>(initial, lifetimes.ofValue(complete), complete.tags());
        return told(backend.add(checked(key), delta, first));
    }

    /** Refuses counters where the values could not be read as what they are, or the backend cannot count. */
    void checkCounters() {
        require(Capability.COUNTERS, "counters");
        if (!Set.<Object>of(Long.class, Number.class, Object.class)
                .contains(settings.valueType().type())) {
            throw new ConfigException("Counters need values of type Long; those of cache '" + settings.scope()
                    + "' are of type " + settings.valueType() + ". Count in a cache of its own");
        }
    }

    Reply<@Nullable Void> ping() {
        checkOpen();
        return told(backend.ping());
    }

    Reply<CacheStats> stats() {
        checkOpen();
        return backend.info().map(counts::stats);
    }

    /** Returns what is known in this process, also after the end. */
    CacheStats counts() {
        return counts.stats(Known.together(known()));
    }

    /** Returns what is known of each backend without asking it. */
    List<BackendInfo> known() {
        return Known.of(on.backend());
    }

    void close() {
        closed = true;
        backend.close();
    }

    private Reply<Long> removing(Reply<Long> reply) {
        return told(reply).map(count -> {
            counts.removals(count);
            return count;
        });
    }

    /** Returns {@code reply} with the backend's failure counted, which the caller is told; a loader's is counted elsewhere. */
    private <T extends @Nullable Object> Reply<T> told(Reply<T> reply) {
        return reply.isReady()
                ? reply
                : reply.recover(failure -> {
                    counts.callFailed(failure);
                    throw failure;
                });
    }

    private Entry<V> entry(@Nullable V value, EntryOptions complete) {
        Lifetime lifetime = value == null ? lifetimes.ofNothing(complete) : lifetimes.ofValue(complete);
        return new Entry<>(value, lifetime, complete.tags());
    }

    private @Nullable CacheEntry<K, V> shown(KeyedEntry<K, V> keyed) {
        return keyed.entry().isFreshAsFound(clock) ? shown(keyed.key(), keyed.entry()) : null;
    }

    private CacheEntry<K, V> shown(K key, Entry<V> entry) {
        Lifetime lifetime = entry.lifetime();
        long now = clock.millis();
        Duration remaining = lifetime.freshUntilMillis() == Lifetime.NEVER
                ? EntryOptions.NEVER
                : Duration.ofMillis(Math.max(0, lifetime.freshUntilMillis() - now));
        Duration age = Duration.ofMillis(Math.max(0, now - lifetime.createdMillis()));
        return new CacheEntry<>(key, entry.value(), remaining, age, entry.tags(), !entry.isFreshAsFound(clock));
    }

    @SuppressWarnings("unchecked")
    private static <V> Reply<@Nullable Entry<V>> orNone(Entry<V> entry) {
        return (Reply<@Nullable Entry<V>>) (Reply<?>) entry;
    }

    private KeyPattern listing(String glob) {
        require(Capability.LISTING, "key listings");
        return KeyPattern.glob(checkedText("glob", glob));
    }

    private void checkTags(EntryOptions options) {
        if (!options.tags().isEmpty()) {
            require(Capability.TAGS, "tags");
        }
    }

    private void require(Capability capability, String what) {
        checkOpen();
        Set<Capability> capabilities = backend.capabilities();
        if (!capabilities.contains(capability)) {
            throw new ConfigException("The backend of cache '" + settings.scope() + "' cannot keep " + what
                    + ". It has: " + new TreeSet<>(capabilities));
        }
    }

    private K checked(K key) {
        if (closed) {
            checkOpen();
        }
        if (key == null) {
            throw new IllegalArgumentException("key must not be null");
        }
        return key;
    }

    private List<K> checkedAll(Collection<? extends K> keys) {
        checkOpen();
        keys.forEach(this::checked);
        return List.copyOf(keys);
    }

    private String checkedText(String what, String text) {
        if (text == null) {
            throw new IllegalArgumentException(what + " must not be null");
        }
        return text;
    }

    void checkOpen() {
        if (closed) {
            throw new ClosedException("Cache '" + settings.scope() + "' is closed. Use it before its Larder is closed");
        }
    }
}
