package io.larder.memory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.larder.Clock;
import io.larder.spi.CacheSpec;
import io.larder.spi.Entry;
import io.larder.spi.Lease;
import io.larder.spi.LeaseTerms;
import io.larder.spi.LocalLeases;
import io.larder.spi.Lookup;
import io.larder.spi.Weigher;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Everything one cache holds between two calls of {@code clear}: entries, tag index, leases. Thread-safe.
 *
 * <p>A table of our own is the store; Caffeine, with the same keys, is the eviction policy alone. An entry, its place in the
 * policy, the index and the lease change together in the table's {@code compute}, the atomic step that {@link LocalLeases} asks
 * for. What the policy gives up is only noted there, and removed by the writer when it has left the step: two steps never
 * nest.
 *
 * <p><em>Quiet reads.</em> A hit asks the table and passes by the policy, whose read buffer is where most of a bounded cache's read
 * time goes. Only the first hit, or overwrite, of an entry in an epoch is recorded; an epoch ends each time a share of the cache
 * has arrived, so that while nothing arrives nothing is recorded, and the policy still learns what is in use when it has to
 * choose. See docs/adr/0004-memory-on-caffeine-with-quiet-reads.md.
 */
final class Room<K, V> {

    /** How many epochs pass while as many entries arrive as there are. */
    private static final int EPOCHS_PER_TURNOVER = 32;

    final EntryTable<K, V> entries = new EntryTable<>();
    final TagIndex<K> tags = new TagIndex<>();
    final LocalLeases<K, V> leases = new LocalLeases<>();

    private final Cache<K, Place> policy;
    private final @Nullable Weigher<K, V> weigher;
    private final Queue<Map.Entry<K, Place>> evicted = new ConcurrentLinkedQueue<>();
    private final Clock clock;
    private final LongAdder evictions;
    private final AtomicInteger arrivals = new AtomicInteger();
    private volatile int epoch;

    Room(MemoryConfig config, CacheSpec<K, V> spec, Clock clock, LongAdder evictions) {
        this.clock = clock;
        this.evictions = evictions;
        this.weigher = config.max() > 0 ? null : spec.weigher();
        // Evicting on the writer's own thread: no pool is borrowed, and a burst of writes cannot outrun the bound.
        Caffeine<K, Place> builder =
                Caffeine.newBuilder().executor(Runnable::run).<K, Place>evictionListener(this::onEviction);
        policy = weigher == null
                ? builder.maximumSize(config.max()).build()
                : builder.maximumWeight(config.maxWeightBytes())
                        .weigher((K key, Place place) -> place.weight)
                        .build();
    }

    /** Returns the entry, fresh or stale, and lets the policy know from time to time. */
    @Nullable
    HeldEntry<K, V> read(K key) {
        HeldEntry<K, V> entry = entries.get(key);
        return entry != null && entry.readEpoch == epoch && entry.isKept(clock) ? entry : readAloud(key, entry);
    }

    /** The rare case, in a method that is too large to be compiled into every reader, and so leaves {@link #read} small enough to be. */
    private @Nullable HeldEntry<K, V> readAloud(K key, @Nullable HeldEntry<K, V> entry) {
        if (entry == null) {
            return null;
        }
        if (entry.readEpoch != epoch) {
            entry.readEpoch = epoch;
            record(key);
            removeEvicted();
        }
        if (entry.isKept(clock)) {
            return entry;
        }
        removeIfOver(key);
        return null;
    }

    private void record(K key) {
        var unused = policy.getIfPresent(key);
    }

    /** Returns the entry if it is fresh, without letting the policy know. */
    @Nullable
    HeldEntry<K, V> peekFresh(K key) {
        HeldEntry<K, V> entry = entries.get(key);
        return entry != null && entry.isFresh(clock) ? entry : null;
    }

    /**
     * Returns the entry if it meets {@code terms}, else the lease that stands or a new one.
     *
     * <p>In the key's atomic step, so that a change which has ended the old lease, but is not seen yet, is waited for.
     */
    Lookup<V> entryOrLease(K key, String token, LeaseTerms terms) {
        AtomicReference<@Nullable Lookup<V>> found = new AtomicReference<>();
        entries.compute(key, (same, held) -> {
            found.set(
                    held != null && held.isKept(clock) && terms.isMetBy(held, clock) ? held : leases.take(same, token));
            return held;
        });
        return Objects.requireNonNull(found.get());
    }

    /** Changes the entry of {@code key} in one atomic step, and its place in index and policy with it. */
    void change(K key, BiFunction<K, @Nullable HeldEntry<K, V>, @Nullable HeldEntry<K, V>> step) {
        apply(key, step);
        removeEvicted();
    }

    /** Stores what was loaded under {@code lease}, if that stood, and returns whether it did. */
    boolean putLeased(K key, Entry<V> entry, Lease<V> lease) {
        HeldEntry<K, V> loaded = hold(key, entry);
        boolean[] stood = new boolean[1];
        change(key, (same, held) -> {
            // Into the index first: an invalidation that is not seen by the lease then sees the entry.
            tags.add(same, loaded.tags(), tagsOf(held));
            stood[0] = leases.stands(same, lease, loaded.tags());
            HeldEntry<K, V> next = !stood[0] ? held : loaded.isKept(clock) ? loaded : null;
            tags.remove(same, loaded.tags(), tagsOf(next == null ? held : next));
            if (next == null) {
                // Nothing is stored that an invalidation could find, so nobody may join this load any more.
                leases.end(same, lease);
            }
            return next;
        });
        // Ended when the entry can be seen, so that whoever goes through leases, then entries, misses neither.
        leases.end(key, lease);
        return stood[0];
    }

    private void apply(K key, BiFunction<K, @Nullable HeldEntry<K, V>, @Nullable HeldEntry<K, V>> step) {
        AtomicReference<Set<String>> dropped = new AtomicReference<>(Set.of());
        HeldEntry<K, V> crowded = entries.compute(key, (same, held) -> {
            HeldEntry<K, V> next = step.apply(same, held);
            if (next != held) {
                tags.add(same, tagsOf(next), tagsOf(held));
                dropped.setPlain(without(tagsOf(held), tagsOf(next)));
                place(same, held, next);
            }
            return next;
        });
        if (crowded != null) {
            giveUp(crowded.key, crowded.place);
        }
        // Out of the index in a step of its own, when the old entry cannot be seen any more: an invalidation that
        // does not find the key may return at once, and nobody may read the entry after that.
        Set<String> unused = dropped.getPlain();
        if (!unused.isEmpty()) {
            entries.compute(key, (same, held) -> {
                tags.remove(same, unused, tagsOf(held));
                return held;
            });
        }
    }

    /** Gives {@code next} the place of {@code held}, or one of its own; part of an atomic step. */
    private void place(K key, @Nullable HeldEntry<K, V> held, @Nullable HeldEntry<K, V> next) {
        if (next == null) {
            policy.invalidate(key);
        } else if (held != null && held.weight == next.weight) {
            // Quiet like a read. A place that the policy has just given up is taken away with the new entry in it.
            next.place = held.place;
            next.readEpoch = epoch;
            if (held.readEpoch != epoch) {
                record(key);
            }
        } else {
            next.place = new Place(next.weight);
            policy.put(key, next.place);
            countArrival();
        }
    }

    /** Returns {@code entry} as it is kept, with its weight by the caller's weigher. */
    HeldEntry<K, V> hold(K key, Entry<V> entry) {
        int weight = weigher == null ? 1 : weigher.weightBytes(key, entry.value());
        if (weight < 0) {
            throw new IllegalArgumentException("A weigher must return at least 0 bytes, was " + weight);
        }
        // An epoch behind, so that the first read counts.
        return new HeldEntry<>(key, entry, weight, epoch - 1);
    }

    boolean isFresh(@Nullable HeldEntry<K, V> entry) {
        return entry != null && entry.isFresh(clock);
    }

    /** Removes the entry if its time is over. */
    void removeIfOver(K key) {
        change(key, (same, held) -> held == null || held.isKept(clock) ? held : null);
    }

    long weightBytes() {
        return policy.policy()
                .eviction()
                .map(eviction -> eviction.weightedSize().orElse(-1))
                .orElse(-1L);
    }

    /** Gives up now what the policy would give up a little later. */
    void settle() {
        policy.cleanUp();
        removeEvicted();
    }

    /** Ends the epoch when a share of the cache has arrived since it began. */
    @SuppressWarnings(
            "NonAtomicVolatileUpdate") // Two that meet here may count as one, and the epoch be a little longer.
    private void countArrival() {
        if (arrivals.incrementAndGet() * (long) EPOCHS_PER_TURNOVER >= policy.estimatedSize()) {
            arrivals.set(0);
            epoch++;
        }
    }

    private void onEviction(@Nullable K key, @Nullable Place place, RemovalCause cause) {
        giveUp(key, place);
    }

    private void giveUp(@Nullable K key, @Nullable Place place) {
        if (key != null && place != null) {
            evicted.add(Map.entry(key, place));
            evictions.increment();
        }
    }

    /** Removes what the policy has given up; what has been put since in a place of its own stays. */
    private void removeEvicted() {
        Map.Entry<K, Place> given = evicted.poll();
        while (given != null) {
            Place place = given.getValue();
            apply(given.getKey(), (key, held) -> held != null && held.place == place ? null : held);
            given = evicted.poll();
        }
    }

    private static Set<String> tagsOf(@Nullable HeldEntry<?, ?> entry) {
        return entry == null ? Set.of() : entry.tags();
    }

    private static Set<String> without(Set<String> some, Set<String> others) {
        if (others.containsAll(some)) {
            return Set.of();
        }
        Set<String> rest = new HashSet<>(some);
        rest.removeAll(others);
        return rest;
    }
}
