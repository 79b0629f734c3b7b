package io.larder.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A concurrent hash table whose nodes are the entries themselves: a hit follows one object less than in a
 * {@link java.util.concurrent.ConcurrentHashMap}. Thread-safe; null keys are refused with a {@link NullPointerException}.
 *
 * <p>Readers take no lock. Writers hold the lock of a stripe, which is every {@value #STRIPES}th bucket. An entry that has left its chain
 * keeps its successor, so that a reader who stands on it finds the rest. The table grows stripe by stripe: chains are split under the
 * feet of readers, and what was moved is not in the old buckets any more. What they find is right all the same, for keys are compared;
 * what they do not find while the table grows they look for again with the lock.
 */
final class EntryTable<K, V> {

    /** As many entries in one bucket have their hash in common, by somebody's intent or a bad {@code hashCode}. */
    static final int CHAIN_MAX = 1024;

    /** Power of two. */
    private static final int STRIPES = 64;

    private static final int BUCKETS_MAX = 1 << 30;

    /** A stripe asks whether the table is full each time it has so many entries more. */
    private static final int COUNT_EVERY = 16;

    private static final VarHandle BUCKET = MethodHandles.arrayElementVarHandle(HeldEntry[].class);

    private final Stripe<K, V>[] stripes;
    private final ReentrantLock growth = new ReentrantLock();
    private volatile @Nullable HeldEntry<K, V>[] buckets = buckets(4 * STRIPES);
    /** Set while stripes move to other buckets. */
    private volatile boolean growing;

    /** Guards its buckets and the chains in them. */
    private static final class Stripe<K, V> {

        /** Those that its entries are in; written with the lock. */
        @Nullable
        HeldEntry<K, V>[] buckets;

        /** Written with the lock. */
        volatile int size;

        /** How often a chain was changed; used with the lock. */
        int changes;

        Stripe(@Nullable HeldEntry<K, V>[] buckets) {
            this.buckets = buckets;
        }
    }

    EntryTable() {
        @SuppressWarnings({"unchecked", "rawtypes"}) // Java makes no arrays of generic types.
        Stripe<K, V>[] empty = new Stripe[STRIPES];
        Arrays.setAll(empty, i -> new Stripe<>(buckets));
        stripes = empty;
    }

    @Nullable
    HeldEntry<K, V> get(K key) {
        int hash = hash(key);
        @Nullable HeldEntry<K, V>[] seen = buckets;
        HeldEntry<K, V> entry = find(seen, key, hash);
        // In this order: who was led astray and sees that the growing is over sees the new buckets, too.
        return entry == null && (growing || seen != buckets) ? getLocked(key, hash) : entry;
    }

    private @Nullable HeldEntry<K, V> getLocked(K key, int hash) {
        Stripe<K, V> stripe = stripe(hash);
        synchronized (stripe) {
            return find(stripe.buckets, key, hash);
        }
    }

    private static <K, V> @Nullable HeldEntry<K, V> find(@Nullable HeldEntry<K, V>[] buckets, K key, int hash) {
        HeldEntry<K, V> entry = first(buckets, hash);
        while (entry != null && !entry.isOf(key, hash)) {
            entry = entry.next;
        }
        return entry;
    }

    /**
     * Puts what {@code step} makes of the key's entry in its place: another one, which was in no table yet, or null for none. One step
     * at a time for each key; a step must not change the table.
     *
     * @return an entry to give up, because too many keys have the same hash; usually null
     */
    @Nullable
    HeldEntry<K, V> compute(K key, BiFunction<K, @Nullable HeldEntry<K, V>, @Nullable HeldEntry<K, V>> step) {
        int hash = hash(key);
        Stripe<K, V> stripe = stripe(hash);
        HeldEntry<K, V> crowded;
        synchronized (stripe) {
            int sizeBefore = stripe.size;
            crowded = compute(stripe, key, hash, step);
            if (stripe.size <= sizeBefore || stripe.size % COUNT_EVERY != 0) {
                return crowded;
            }
        }
        if (isFull()) {
            grow();
        }
        return crowded;
    }

    private @Nullable HeldEntry<K, V> compute(
            Stripe<K, V> stripe,
            K key,
            int hash,
            BiFunction<K, @Nullable HeldEntry<K, V>, @Nullable HeldEntry<K, V>> step) {
        @Nullable HeldEntry<K, V>[] buckets = stripe.buckets;
        HeldEntry<K, V> before = null;
        HeldEntry<K, V> held = first(buckets, hash);
        int passed = 0;
        while (held != null && !held.isOf(key, hash)) {
            before = held;
            held = held.next;
            passed++;
        }
        int changes = stripe.changes;
        HeldEntry<K, V> next = step.apply(key, held);
        if (stripe.changes != changes) {
            throw new IllegalStateException(
                    "A cache was changed by what it asked within a change of its own, such as its weigher");
        }
        if (next == held) {
            return null;
        }
        HeldEntry<K, V> rest = held == null ? null : held.next;
        if (next != null) {
            next.hash = hash;
            // The key that the policy and the index have already.
            next.key = held == null ? key : held.key;
            if (rest != null) {
                next.next = rest;
            }
        }
        HeldEntry<K, V> linked = next == null ? rest : next;
        if (before == null) {
            BUCKET.setRelease(buckets, index(buckets, hash), linked);
        } else {
            before.next = linked;
        }
        stripe.changes = changes + 1;
        if (next == null || held == null) {
            int size = stripe.size;
            stripe.size = next == null ? size - 1 : size + 1;
        }
        return held == null && passed >= CHAIN_MAX ? at(passed - CHAIN_MAX, first(buckets, hash)) : null;
    }

    /** Returns the entry at that position of its chain: those before it are being given up by others. */
    private static <K, V> @Nullable HeldEntry<K, V> at(int position, @Nullable HeldEntry<K, V> first) {
        HeldEntry<K, V> entry = first;
        for (int i = 0; i < position && entry != null; i++) {
            entry = entry.next;
        }
        return entry;
    }

    /** Returns how many entries there are, or were a moment ago. */
    int size() {
        int size = 0;
        for (Stripe<K, V> stripe : stripes) {
            size += stripe.size;
        }
        return size;
    }

    /** Returns each entry that stays throughout once; of those that come and go meanwhile, some. */
    Stream<HeldEntry<K, V>> stream() {
        return IntStream.range(0, STRIPES).boxed().flatMap(number -> entries(number).stream());
    }

    private List<HeldEntry<K, V>> entries(int number) {
        Stripe<K, V> stripe = stripes[number];
        synchronized (stripe) {
            List<HeldEntry<K, V>> entries = new ArrayList<>(stripe.size);
            for (int i = number; i < stripe.buckets.length; i += STRIPES) {
                for (HeldEntry<K, V> entry = stripe.buckets[i]; entry != null; entry = entry.next) {
                    entries.add(entry);
                }
            }
            return entries;
        }
    }

    private boolean isFull() {
        int length = buckets.length;
        return length < BUCKETS_MAX && size() > length - length / 4;
    }

    private void grow() {
        if (!growth.tryLock()) {
            return;
        }
        try {
            if (isFull()) {
                @Nullable HeldEntry<K, V>[] wide = buckets(buckets.length * 2);
                growing = true;
                for (int number = 0; number < STRIPES; number++) {
                    Stripe<K, V> stripe = stripes[number];
                    synchronized (stripe) {
                        for (int i = number; i < stripe.buckets.length; i += STRIPES) {
                            split(stripe.buckets, i, wide);
                        }
                        stripe.buckets = wide;
                    }
                }
                buckets = wide;
                growing = false;
            }
        } finally {
            growth.unlock();
        }
    }

    /** Deals the chain of one bucket out to two. Entries keep their order, so that readers who stand on one never come round. */
    private static <K, V> void split(@Nullable HeldEntry<K, V>[] narrow, int index, @Nullable HeldEntry<K, V>[] wide) {
        HeldEntry<K, V> entry = narrow[index];
        HeldEntry<K, V> lastLow = null;
        HeldEntry<K, V> lastHigh = null;
        // Not found there any more by who comes when the stripe has changed.
        BUCKET.setRelease(narrow, index, null);
        while (entry != null) {
            int target = index(wide, entry.hash);
            HeldEntry<K, V> last = target == index ? lastLow : lastHigh;
            if (last == null) {
                BUCKET.setRelease(wide, target, entry);
            } else if (last.next != entry) {
                last.next = entry;
            }
            if (target == index) {
                lastLow = entry;
            } else {
                lastHigh = entry;
            }
            entry = entry.next;
        }
        end(lastLow);
        end(lastHigh);
    }

    private static void end(@Nullable HeldEntry<?, ?> last) {
        if (last != null && last.next != null) {
            last.next = null;
        }
    }

    private Stripe<K, V> stripe(int hash) {
        return stripes[hash & STRIPES - 1];
    }

    @SuppressWarnings("unchecked")
    private static <K, V> @Nullable HeldEntry<K, V> first(@Nullable HeldEntry<K, V>[] buckets, int hash) {
        return (HeldEntry<K, V>) BUCKET.getAcquire(buckets, index(buckets, hash));
    }

    private static int index(Object[] buckets, int hash) {
        return hash & buckets.length - 1;
    }

    /** Mixes all bits into the lowest ones, as MurmurHash3's finalizer begins. */
    private static int hash(Object key) {
        int hash = key.hashCode();
        hash = (hash ^ hash >>> 16) * 0x85EB_CA6B;
        return hash ^ hash >>> 13;
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // Java makes no arrays of generic types.
    private static <K, V> @Nullable HeldEntry<K, V>[] buckets(int length) {
        return new HeldEntry[length];
    }
}
