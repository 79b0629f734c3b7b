package io.larder.spi;

import java.util.Collections;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * The leases of a backend that lives in this process. Thread-safe.
 *
 * <p>The backend calls {@link #take}, {@link #end(Object)} and {@link #stands} in the atomic step in which it looks at or changes the
 * entry of the key. A store enters its tags into the backend's index before it asks {@link #stands}, and ends its lease when the
 * entry can be seen; then whichever of an invalidation and a store comes second sees the first.
 */
public final class LocalLeases<K, V> {

    /** How many tags' invalidations are told apart; when there are more, the leases of that moment are given up. */
    private static final int TAGS_MAX = 1024;

    private final ConcurrentHashMap<K, Lease<V>> held = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Long> epochByTag = new ConcurrentHashMap<>();
    private final AtomicLong epoch = new AtomicLong();
    private final AtomicLong epochForgotten = new AtomicLong();

    /** Makes a record without leases. */
    public LocalLeases() {}

    /** Returns the lease that stands, or a new one with {@code token}. */
    public Lease<V> take(K key, String token) {
        return held.computeIfAbsent(key, absent -> new Lease<>(token, epoch.get()));
    }

    /** Returns whether {@code lease} stands and none of {@code tags} was invalidated since it was granted. */
    public boolean stands(K key, Lease<V> lease, Set<String> tags) {
        return lease.equals(held.get(key)) && isNewerThan(tags, lease);
    }

    /** Ends {@code lease} and returns whether it stood, in one step; for a backend that stores nothing. */
    public boolean endIfStands(K key, Lease<V> lease, Set<String> tags) {
        boolean[] stood = new boolean[1];
        held.computeIfPresent(key, (same, standing) -> {
            stood[0] = lease.equals(standing) && isNewerThan(tags, lease);
            return lease.equals(standing) ? null : standing;
        });
        return stood[0];
    }

    private boolean isNewerThan(Set<String> tags, Lease<V> lease) {
        for (String tag : tags) {
            if (epochByTag.getOrDefault(tag, 0L) > lease.epoch()) {
                return false;
            }
        }
        // Read after the tags, so that a forgetting in between is noticed.
        return tags.isEmpty() || lease.epoch() >= epochForgotten.get();
    }

    /** Ends whatever lease stands for {@code key}. */
    public void end(K key) {
        held.remove(key);
    }

    /** Ends {@code lease} if it is the one that stands. */
    public void end(K key, Lease<V> lease) {
        held.remove(key, lease);
    }

    /** Returns the keys with a lease, as they change; each lease is ended in its key's own atomic step. */
    public Set<K> keys() {
        return Collections.unmodifiableSet(held.keySet());
    }

    /** Ends the leases of all keys that {@code matches}. */
    public void endIf(Predicate<? super K> matches) {
        held.keySet().removeIf(matches);
    }

    /** Makes every lease granted before this call too old for entries with {@code tag}. */
    public void invalidated(String tag) {
        // The greater of two that meet wins, so that the later one is not taken back by the earlier.
        epochByTag.merge(tag, epoch.incrementAndGet(), Math::max);
        if (epochByTag.size() > TAGS_MAX) {
            long forgotten = epochForgotten.accumulateAndGet(epoch.get(), Math::max);
            // What came since stays, for the leases granted since do.
            epochByTag.values().removeIf(invalidated -> invalidated <= forgotten);
        }
    }
}
