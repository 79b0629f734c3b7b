package io.larder.testkit;

import io.larder.BackendException;
import io.larder.Clock;
import io.larder.CodecException;
import io.larder.codec.DecimalCodec;
import io.larder.codec.KeyCodecs;
import io.larder.spi.Backend;
import io.larder.spi.BackendInfo;
import io.larder.spi.Capability;
import io.larder.spi.Codec;
import io.larder.spi.Entry;
import io.larder.spi.KeyCodec;
import io.larder.spi.KeyPattern;
import io.larder.spi.KeyedEntry;
import io.larder.spi.Lease;
import io.larder.spi.LeaseTerms;
import io.larder.spi.Lifetime;
import io.larder.spi.Lookup;
import io.larder.spi.Pages;
import io.larder.spi.PutMode;
import io.larder.spi.Reply;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The simplest backend that keeps every promise: two maps and one lock, nothing fast, nothing bounded. Thread-safe.
 *
 * <p>It is what other backends are compared with, so it shares no code with them; where {@link Backend} can be read in two ways,
 * this is the reading.
 */
public final class ReferenceBackend<K, V> implements Backend<K, V> {

    private final Clock clock;
    private final KeyCodec<K> keys;
    private final Codec<Long, V> numbers;
    /** Guarded by {@code this}. */
    private final Map<K, Entry<V>> entries = new LinkedHashMap<>();
    /** Guarded by {@code this}. */
    private final Map<K, Held<V>> leases = new HashMap<>();
    /** Guarded by {@code this}. */
    private long epoch;

    /** A lease that stands, and the tags that were invalidated since it was granted. */
    private record Held<V>(Lease<V> lease, Set<String> invalidated) {}

    /** Makes an empty one, whose counters are values of its own type as {@code numbers} turns them. */
    public ReferenceBackend(Clock clock, KeyCodec<K> keys, Codec<Long, V> numbers) {
        this.clock = clock;
        this.keys = keys;
        this.numbers = numbers;
    }

    /** Returns an empty one of bytes, whose counters are decimal digits. */
    public static ReferenceBackend<String, byte[]> ofBytes(Clock clock) {
        return new ReferenceBackend<>(clock, KeyCodecs.of(String.class), new DecimalCodec());
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.allOf(Capability.class);
    }

    @Override
    public synchronized Reply<@Nullable Entry<V>> get(K key) {
        Entry<V> entry = kept(key);
        return entry == null ? Reply.none() : Reply.ready(entry);
    }

    @Override
    public synchronized Reply<Map<K, Entry<V>>> getAll(Collection<K> wanted) {
        Map<K, Entry<V>> found = new LinkedHashMap<>();
        for (K key : wanted) {
            Entry<V> entry = kept(key);
            if (entry != null) {
                found.put(key, entry);
            }
        }
        return Reply.ready(found);
    }

    @Override
    public synchronized Reply<? extends Lookup<V>> getOrLease(K key, String token, LeaseTerms terms) {
        Entry<V> entry = fresh(key);
        return entry != null && terms.isMetBy(entry, clock)
                ? entry
                : Reply.ready(leases.computeIfAbsent(
                                key, absent -> new Held<>(new Lease<>(token, epoch), new HashSet<>()))
                        .lease());
    }

    @Override
    public synchronized Reply<Boolean> putLeased(K key, Entry<V> entry, Lease<V> lease) {
        Held<V> held = leases.get(key);
        if (held == null || !held.lease().equals(lease)) {
            return Reply.ready(false);
        }
        leases.remove(key);
        boolean stood = entry.tags().stream().noneMatch(held.invalidated()::contains);
        if (stood) {
            write(key, entry);
        }
        return Reply.ready(stood);
    }

    @Override
    public synchronized Reply<@Nullable Void> release(K key, Lease<V> lease) {
        Held<V> held = leases.get(key);
        if (held != null && held.lease().equals(lease)) {
            leases.remove(key);
        }
        return Reply.none();
    }

    @Override
    public synchronized Reply<Boolean> put(K key, Entry<V> entry, PutMode mode) {
        boolean present = fresh(key) != null;
        boolean allowed = mode == PutMode.ALWAYS || present == (mode == PutMode.IF_PRESENT);
        if (allowed) {
            write(key, entry);
        }
        return Reply.ready(allowed);
    }

    @Override
    public synchronized Reply<@Nullable Void> putAll(Map<K, Entry<V>> added) {
        added.forEach(this::write);
        return Reply.none();
    }

    @Override
    public synchronized Reply<Boolean> remove(K key) {
        return Reply.ready(erase(key));
    }

    @Override
    public synchronized Reply<Long> removeAll(Collection<K> unwanted) {
        return Reply.ready(eraseAll(unwanted));
    }

    @Override
    public synchronized Reply<Boolean> expire(K key, Lifetime lifetime) {
        if (lifetime.isOver(clock.millis())) {
            return Reply.ready(erase(key));
        }
        Entry<V> entry = fresh(key);
        if (entry != null) {
            leases.remove(key);
            entries.put(key, entry.withDeadlinesOf(lifetime));
        }
        return Reply.ready(entry != null);
    }

    @Override
    public synchronized Reply<Long> add(K key, long delta, Entry<Long> initial) {
        try {
            Entry<V> entry = fresh(key);
            Long first = initial.value();
            if (first == null) {
                throw new IllegalArgumentException("initial must have a value, was " + initial);
            }
            long sum = Math.addExact(entry == null ? first : number(key, entry), delta);
            write(key, (entry == null ? initial : entry).withValue(numbers.encode(sum)));
            return Reply.ready(sum);
        } catch (ArithmeticException | BackendException e) {
            return Reply.failed(e);
        }
    }

    private long number(K key, Entry<V> entry) {
        String what = "Cannot count at key '" + keys.encode(key) + "': its entry is not an integer of 64 bits";
        V value = entry.value();
        if (value == null) {
            throw BackendException.lasting(what, null);
        }
        try {
            return numbers.decode(value);
        } catch (CodecException e) {
            throw BackendException.lasting(what, e);
        }
    }

    @Override
    public synchronized Reply<Long> invalidateTag(String tag) {
        epoch++;
        leases.values().forEach(held -> held.invalidated().add(tag));
        return Reply.ready(eraseMatching(keyed -> keyed.entry().tags().contains(tag)));
    }

    @Override
    public synchronized Pages<KeyedEntry<K, V>> entriesByTag(String tag) {
        return Pages.of(
                freshMatching(keyed -> keyed.entry().tags().contains(tag)).iterator());
    }

    @Override
    public synchronized Pages<K> keys(KeyPattern pattern) {
        return entries(pattern).mapNotNull(KeyedEntry::key);
    }

    @Override
    public synchronized Pages<KeyedEntry<K, V>> entries(KeyPattern pattern) {
        return Pages.of(freshMatching(keyed -> matches(pattern, keyed.key())).iterator());
    }

    @Override
    public synchronized Reply<Long> removeMatching(KeyPattern pattern) {
        leases.keySet().removeIf(key -> matches(pattern, key));
        return Reply.ready(eraseMatching(keyed -> matches(pattern, keyed.key())));
    }

    @Override
    public synchronized Reply<@Nullable Void> clear() {
        entries.clear();
        leases.clear();
        return Reply.none();
    }

    @Override
    public Reply<@Nullable Void> ping() {
        return Reply.none();
    }

    @Override
    public synchronized Reply<BackendInfo> info() {
        return Reply.ready(new BackendInfo("reference:", entries.size(), 0, BackendInfo.UNKNOWN, Map.of()));
    }

    @Override
    public void close() {
        // Nothing was opened.
    }

    /** Returns the entry, fresh or stale. */
    private @Nullable Entry<V> kept(K key) {
        Entry<V> entry = entries.get(key);
        return entry == null || entry.isKept(clock) ? entry : null;
    }

    private @Nullable Entry<V> fresh(K key) {
        Entry<V> entry = entries.get(key);
        return entry == null || entry.isFresh(clock) ? entry : null;
    }

    /** An entry that is over when it is put leaves the key empty, as if it had expired at once. */
    private void write(K key, Entry<V> entry) {
        erase(key);
        if (entry.isKept(clock)) {
            entries.put(key, entry);
        }
    }

    /** Removes the entry, be it stale, and returns whether it was fresh; ends the lease even when there was none. */
    private boolean erase(K key) {
        boolean present = fresh(key) != null;
        entries.remove(key);
        leases.remove(key);
        return present;
    }

    private long eraseAll(Collection<K> unwanted) {
        long erased = 0;
        for (K key : unwanted) {
            erased += erase(key) ? 1 : 0;
        }
        return erased;
    }

    private boolean matches(KeyPattern pattern, K key) {
        return pattern.matches(keys.encode(key));
    }

    private long eraseMatching(Predicate<KeyedEntry<K, V>> matches) {
        return eraseAll(matching(matches).stream().map(KeyedEntry::key).toList());
    }

    private List<KeyedEntry<K, V>> freshMatching(Predicate<KeyedEntry<K, V>> matches) {
        return matching(matches).stream()
                .filter(keyed -> keyed.entry().isFresh(clock))
                .toList();
    }

    /** Returns the entries, fresh or stale, that match; a list, because what follows may change the map. */
    private List<KeyedEntry<K, V>> matching(Predicate<KeyedEntry<K, V>> matches) {
        return entries.entrySet().stream()
                .map(held -> new KeyedEntry<>(held.getKey(), held.getValue()))
                .filter(keyed -> keyed.entry().isKept(clock) && matches.test(keyed))
                .toList();
    }
}
