package io.larder.memory;

import io.larder.BackendException;
import io.larder.Clock;
import io.larder.CodecException;
import io.larder.spi.Backend;
import io.larder.spi.BackendContext;
import io.larder.spi.BackendInfo;
import io.larder.spi.CacheSpec;
import io.larder.spi.Capability;
import io.larder.spi.Codec;
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
import io.larder.url.CacheUrl;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one cache in this process. Thread-safe.
 *
 * <p>Budget of a hit: no allocation, one coarse clock read. {@code clear} takes constant time: it moves on to an empty {@link Room},
 * and what still goes on in the old one, loads included, stays there.
 */
final class MemoryBackend<K, V> implements Backend<K, V> {

    private static final Set<Capability> CAPABILITIES = Set.of(Capability.values());

    private final CacheUrl url;
    private final MemoryConfig config;
    private final CacheSpec<K, V> spec;
    private final Codec<Long, V> integers;
    private final Clock clock;
    private final LongAdder evictions = new LongAdder();
    private final Sweeper<K, V> sweeper;
    private volatile Room<K, V> room;

    MemoryBackend(
            CacheUrl url, MemoryConfig config, CacheSpec<K, V> spec, Codec<Long, V> integers, BackendContext context) {
        this.url = url;
        this.config = config;
        this.spec = spec;
        this.integers = integers;
        this.clock = context.clock();
        this.room = new Room<>(config, spec, clock, evictions);
        this.sweeper = new Sweeper<>(this::room, context);
    }

    Room<K, V> room() {
        return room;
    }

    @Override
    public Set<Capability> capabilities() {
        return CAPABILITIES;
    }

    @Override
    public Reply<@Nullable Entry<V>> get(K key) {
        HeldEntry<K, V> entry = room.read(key);
        return entry == null ? Reply.none() : found(entry);
    }

    @Override
    public @Nullable Entry<V> getNow(K key) {
        return room.read(key);
    }

    @Override
    public Reply<Map<K, Entry<V>>> getAll(Collection<K> keys) {
        Room<K, V> room = this.room;
        Map<K, Entry<V>> found = new LinkedHashMap<>();
        for (K key : keys) {
            HeldEntry<K, V> entry = room.read(key);
            if (entry != null) {
                found.put(key, entry);
            }
        }
        return Reply.ready(found);
    }

    @Override
    public Reply<? extends Lookup<V>> getOrLease(K key, String token, LeaseTerms terms) {
        Room<K, V> room = this.room;
        HeldEntry<K, V> entry = room.peekFresh(key);
        return entry != null && terms.isMetBy(entry, clock) ? entry : Reply.ready(room.entryOrLease(key, token, terms));
    }

    @Override
    public Reply<Boolean> putLeased(K key, Entry<V> entry, Lease<V> lease) {
        sweeper.expect(entry);
        return Reply.ready(room.putLeased(key, entry, lease));
    }

    @Override
    public Reply<@Nullable Void> release(K key, Lease<V> lease) {
        room.leases.end(key, lease);
        return Reply.none();
    }

    @Override
    public Reply<Boolean> put(K key, Entry<V> entry, PutMode mode) {
        return Reply.ready(put(room, key, entry, mode));
    }

    @Override
    public Reply<@Nullable Void> putAll(Map<K, Entry<V>> entries) {
        Room<K, V> room = this.room;
        entries.forEach((key, entry) -> put(room, key, entry, PutMode.ALWAYS));
        return Reply.none();
    }

    private boolean put(Room<K, V> room, K key, Entry<V> entry, PutMode mode) {
        sweeper.expect(entry);
        HeldEntry<K, V> next = entry.isKept(clock) ? room.hold(key, entry) : null;
        boolean[] stored = new boolean[1];
        room.change(key, (same, held) -> {
            stored[0] = mode == PutMode.ALWAYS || (mode == PutMode.IF_PRESENT) == room.isFresh(held);
            if (!stored[0]) {
                return held;
            }
            room.leases.end(same);
            return next;
        });
        return stored[0];
    }

    @Override
    public Reply<Boolean> remove(K key) {
        return Reply.ready(remove(room, key, held -> true));
    }

    @Override
    public Reply<Long> removeAll(Collection<K> keys) {
        return Reply.ready(removeAll(room, keys, held -> true));
    }

    @Override
    public Reply<Boolean> expire(K key, Lifetime lifetime) {
        if (lifetime.isOver(clock.millis())) {
            return remove(key);
        }
        Room<K, V> room = this.room;
        boolean[] existed = new boolean[1];
        room.change(key, (same, held) -> {
            existed[0] = room.isFresh(held);
            if (!existed[0]) {
                return held;
            }
            room.leases.end(same);
            return room.hold(same, Objects.requireNonNull(held).withDeadlinesOf(lifetime));
        });
        sweeper.expect(lifetime);
        return Reply.ready(existed[0]);
    }

    @Override
    public Reply<Long> add(K key, long delta, Entry<Long> initial) {
        Room<K, V> room = this.room;
        long[] sum = new long[1];
        try {
            room.change(key, (same, held) -> {
                HeldEntry<K, V> present = room.isFresh(held) ? held : null;
                Entry<?> from = present == null ? initial : present;
                sum[0] = Math.addExact(present == null ? initialValue(initial) : integer(present), delta);
                room.leases.end(same);
                Entry<V> next = from.withValue(integers.encode(sum[0]));
                return next.isKept(clock) ? room.hold(same, next) : null;
            });
        } catch (ArithmeticException e) {
            return Reply.failed(
                    new ArithmeticException("Counter '" + spec.keys().encode(key) + "' would leave 64 bits when "
                            + delta + " is added. It stays as it is"));
        } catch (CodecException e) {
            return Reply.failed(BackendException.lasting(
                    "Key '" + spec.keys().encode(key) + "' of cache '" + spec.scope()
                            + "' holds no integer to count with: " + e.getMessage(),
                    e));
        }
        sweeper.expect(initial);
        return Reply.ready(sum[0]);
    }

    @Override
    public Reply<Long> invalidateTag(String tag) {
        Room<K, V> room = this.room;
        room.leases.invalidated(tag);
        // An entry that has expired, but is still held, is no reason to break up the load that replaces it.
        return Reply.ready(removeAll(
                room,
                room.tags.keys(tag),
                held -> held != null && held.isKept(clock) && held.tags().contains(tag)));
    }

    @Override
    public Pages<KeyedEntry<K, V>> entriesByTag(String tag) {
        Room<K, V> room = this.room;
        return Pages.of(room.tags.keys(tag).stream()
                .<KeyedEntry<K, V>>mapMulti((key, found) -> {
                    HeldEntry<K, V> entry = room.peekFresh(key);
                    if (entry != null && entry.tags().contains(tag)) {
                        found.accept(new KeyedEntry<>(key, entry));
                    }
                })
                .iterator());
    }

    @Override
    public Pages<K> keys(KeyPattern pattern) {
        return entries(pattern).mapNotNull(KeyedEntry::key);
    }

    @Override
    public Pages<KeyedEntry<K, V>> entries(KeyPattern pattern) {
        Predicate<K> matches = matching(pattern);
        return Pages.of(room.entries.stream()
                .filter(held -> held.isFresh(clock) && matches.test(held.key))
                .map(held -> new KeyedEntry<K, V>(held.key, held))
                .iterator());
    }

    @Override
    public Reply<Long> removeMatching(KeyPattern pattern) {
        Room<K, V> room = this.room;
        Predicate<K> matches = matching(pattern);
        // Keys with a lease first: a store that cannot be seen yet still has its own, so that it is waited for.
        long removed = removeMatching(room, room.leases.keys().stream(), matches);
        return Reply.ready(removed + removeMatching(room, room.entries.stream().map(held -> held.key), matches));
    }

    @Override
    public Reply<@Nullable Void> clear() {
        room = new Room<>(config, spec, clock, evictions);
        return Reply.none();
    }

    @Override
    public Reply<@Nullable Void> ping() {
        return Reply.none();
    }

    @Override
    public Reply<BackendInfo> info() {
        Room<K, V> room = this.room;
        room.settle();
        String bound = config.max() > 0 ? config.max() + " entries" : config.maxWeightBytes() + " B";
        return Reply.ready(new BackendInfo(
                url.toString(), room.entries.size(), evictions.sum(), room.weightBytes(), Map.of("bound", bound)));
    }

    @Override
    public void close() {
        sweeper.close();
        room = new Room<>(config, spec, clock, evictions);
    }

    private long integer(Entry<V> entry) {
        V value = entry.value();
        if (value == null) {
            throw new CodecException("A cached \"no such thing\" is no integer", null);
        }
        return integers.decode(value);
    }

    private static long initialValue(Entry<Long> initial) {
        return Objects.requireNonNull(initial.value(), "a counter's initial value");
    }

    private Predicate<K> matching(KeyPattern pattern) {
        return pattern.isAll()
                ? key -> true
                : key -> pattern.matches(spec.keys().encode(key));
    }

    private long removeAll(Room<K, V> room, Collection<K> keys, Predicate<@Nullable HeldEntry<K, V>> condition) {
        long removed = 0;
        for (K key : keys) {
            removed += remove(room, key, condition) ? 1 : 0;
        }
        return removed;
    }

    private long removeMatching(Room<K, V> room, Stream<K> keys, Predicate<K> matches) {
        return keys.filter(matches)
                .filter(key -> remove(room, key, held -> true))
                .count();
    }

    /** Removes the entry if it meets {@code condition}, and returns whether it was there, that is, fresh. */
    private boolean remove(Room<K, V> room, K key, Predicate<@Nullable HeldEntry<K, V>> condition) {
        boolean[] existed = new boolean[1];
        room.change(key, (same, held) -> {
            if (!condition.test(held)) {
                return held;
            }
            existed[0] = room.isFresh(held);
            room.leases.end(same);
            return null;
        });
        return existed[0];
    }

    @SuppressWarnings("unchecked")
    private Reply<@Nullable Entry<V>> found(HeldEntry<K, V> entry) {
        return (Reply<@Nullable Entry<V>>) (Reply<?>) entry;
    }
}
