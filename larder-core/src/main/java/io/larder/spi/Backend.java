package io.larder.spi;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the entries of one cache live. Thread-safe.
 *
 * <p>The methods return replies; they neither block nor throw, except for what {@link Capability} rules out. An entry whose
 * {@link Lifetime#keepUntilMillis} has passed does not exist; one that is stale is read by the {@code get} methods and counts as
 * absent for everything else. Each call is atomic for each of its keys, tags and leases included.
 *
 * <p>A value may be the very one that the backend holds: whoever reads it leaves it as it is, as a {@link Codec} does.
 *
 * <p>Keep this interface narrow: every layer forwards every method, and convenience belongs in {@link io.larder.Cache}.
 */
public interface Backend<K, V> extends AutoCloseable {

    /** Returns what this backend can do; constant. */
    Set<Capability> capabilities();

    /** Returns the entry, fresh or stale, or null. */
    Reply<@Nullable Entry<V>> get(K key);

    /** Returns the entry, fresh or stale, if it is at hand in this process, else null: nobody is asked, and nothing is waited for. */
    default @Nullable Entry<V> getNow(K key) {
        return null;
    }

    /** Returns the entries there are, fresh or stale, by the caller's own keys. */
    Reply<Map<K, Entry<V>>> getAll(Collection<K> keys);

    /**
     * Returns the entry if it is fresh, and not to be replaced by {@code terms}, else a lease: a new one that carries {@code token}, or
     * the standing one of another. Under a lease the entry stays what it was until it is replaced.
     *
     * <p>Whoever is granted a lease ends it by {@link #putLeased} or {@link #release}. Where processes share the backend it ends by
     * itself after a while, because its holder may die.
     */
    Reply<? extends Lookup<V>> getOrLease(K key, String token, LeaseTerms terms);

    /**
     * Ends {@code lease} and returns whether it stood: the key was not written, removed or invalidated since it was granted, nor
     * one of the tags of {@code entry}. If it stood, stores {@code entry}; one whose lifetime is over leaves the
     * key empty, here as in {@link #put}.
     */
    Reply<Boolean> putLeased(K key, Entry<V> entry, Lease<V> lease);

    /** Ends {@code lease}, if it still stands, without storing anything. */
    Reply<@Nullable Void> release(K key, Lease<V> lease);

    /** Stores {@code entry} with its tags in place of what was there, and returns whether {@code mode} let it. */
    Reply<Boolean> put(K key, Entry<V> entry, PutMode mode);

    /** Stores all of {@code entries}. */
    Reply<@Nullable Void> putAll(Map<K, Entry<V>> entries);

    /** Removes the entry and returns whether there was one. */
    Reply<Boolean> remove(K key);

    /** Removes the entries of {@code keys} and returns how many there were. */
    Reply<Long> removeAll(Collection<K> keys);

    /** Gives the entry new deadlines and returns whether there was one; a lifetime that is over removes it. */
    Reply<Boolean> expire(K key, Lifetime lifetime);

    /**
     * Adds {@code delta} to the integer that the entry holds and returns the sum; {@code initial} stands in, with its deadlines and
     * tags, for an entry that is absent.
     *
     * <p>Fails with an {@link ArithmeticException} beyond 64 bits, with a {@link io.larder.BackendException} when the
     * entry is no integer; neither changes anything.
     */
    Reply<Long> add(K key, long delta, Entry<Long> initial);

    /** Removes every entry that carries {@code tag} and returns how many there were. */
    Reply<Long> invalidateTag(String tag);

    /** Returns the entries that carry {@code tag}. */
    Pages<KeyedEntry<K, V>> entriesByTag(String tag);

    /** Returns the keys that match. */
    Pages<K> keys(KeyPattern pattern);

    /** Returns the entries whose key matches. */
    Pages<KeyedEntry<K, V>> entries(KeyPattern pattern);

    /** Removes every entry whose key matches and returns how many there were. */
    Reply<Long> removeMatching(KeyPattern pattern);

    /** Removes every entry of this cache, its namespace and its version, and nothing else. */
    Reply<@Nullable Void> clear();

    /**
     * Begins to tell {@code told} what changes, whoever changes it, for as long as the watch is open; returns null where nobody can
     * tell. Neither waits nor fails: what cannot be told yet is not covered yet.
     */
    default @Nullable Watch<K> watch(ChangeListener<K> told) {
        return null;
    }

    /** Returns when the backend has answered, all of its servers if it has several, or fails. */
    Reply<@Nullable Void> ping();

    /**
     * Returns when at least one of several servers has answered, each of which has keys of its own, or fails; returns null where that is
     * no other question than {@link #ping}, as where one server has all keys.
     */
    default @Nullable Reply<@Nullable Void> pingAny() {
        return null;
    }

    /** Returns what there is to tell about the backend; never a secret. */
    Reply<BackendInfo> info();

    /** Lets go of what this cache alone uses; idempotent. */
    @Override
    void close();
}
