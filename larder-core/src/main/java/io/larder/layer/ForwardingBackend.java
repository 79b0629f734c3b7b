package io.larder.layer;

import io.larder.spi.Backend;
import io.larder.spi.BackendInfo;
import io.larder.spi.Capability;
import io.larder.spi.ChangeListener;
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
import io.larder.spi.Watch;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A backend that asks another one; a layer extends it and overrides what it changes. As thread-safe as what is below it. */
public abstract class ForwardingBackend<K, V> implements Backend<K, V>, Known {

    /** What this layer is put around. */
    protected final Backend<K, V> below;

    /** Makes one around {@code below}. */
    protected ForwardingBackend(Backend<K, V> below) {
        this.below = below;
    }

    /**
     * Makes the call of the method {@code operation}, or of a page of its walk, for a key, a collection of keys, a tag or a pattern, else an
     * empty string; a layer that tells calls apart overrides this.
     */
    protected <T extends @Nullable Object> Reply<T> call(String operation, Object key, Supplier<Reply<T>> call) {
        return call(call);
    }

    /** Makes the call of every method, and of every page of a walk; a layer that decides whether it is made overrides this. */
    protected <T extends @Nullable Object> Reply<T> call(Supplier<Reply<T>> call) {
        return pass(call.get());
    }

    /** Passes on the reply of every call; a layer that treats all of them alike overrides this. */
    protected <T extends @Nullable Object> Reply<T> pass(Reply<T> reply) {
        return reply;
    }

    private <T> Pages<T> walk(String operation, Object key, Pages<T> pages) {
        return () -> call(operation, key, pages::next);
    }

    @Override
    public Set<Capability> capabilities() {
        return below.capabilities();
    }

    @Override
    public Reply<@Nullable Entry<V>> get(K key) {
        return call("get", key, () -> below.get(key));
    }

    @Override
    public @Nullable Entry<V> getNow(K key) {
        return below.getNow(key);
    }

    @Override
    public Reply<Map<K, Entry<V>>> getAll(Collection<K> keys) {
        return call("getAll", keys, () -> below.getAll(keys));
    }

    @Override
    public Reply<? extends Lookup<V>> getOrLease(K key, String token, LeaseTerms terms) {
        return call("getOrLease", key, () -> widened(below.getOrLease(key, token, terms)));
    }

    @Override
    public Reply<Boolean> putLeased(K key, Entry<V> entry, Lease<V> lease) {
        return call("putLeased", key, () -> below.putLeased(key, entry, lease));
    }

    @Override
    public Reply<@Nullable Void> release(K key, Lease<V> lease) {
        return call("release", key, () -> below.release(key, lease));
    }

    @Override
    public Reply<Boolean> put(K key, Entry<V> entry, PutMode mode) {
        return call("put", key, () -> below.put(key, entry, mode));
    }

    @Override
    public Reply<@Nullable Void> putAll(Map<K, Entry<V>> entries) {
        return call("putAll", entries.keySet(), () -> below.putAll(entries));
    }

    @Override
    public Reply<Boolean> remove(K key) {
        return call("remove", key, () -> below.remove(key));
    }

    @Override
    public Reply<Long> removeAll(Collection<K> keys) {
        return call("removeAll", keys, () -> below.removeAll(keys));
    }

    @Override
    public Reply<Boolean> expire(K key, Lifetime lifetime) {
        return call("expire", key, () -> below.expire(key, lifetime));
    }

    @Override
    public Reply<Long> add(K key, long delta, Entry<Long> initial) {
        return call("add", key, () -> below.add(key, delta, initial));
    }

    @Override
    public Reply<Long> invalidateTag(String tag) {
        return call("invalidateTag", tag, () -> below.invalidateTag(tag));
    }

    @Override
    public Pages<KeyedEntry<K, V>> entriesByTag(String tag) {
        return walk("entriesByTag", tag, below.entriesByTag(tag));
    }

    @Override
    public Pages<K> keys(KeyPattern pattern) {
        return walk("keys", pattern, below.keys(pattern));
    }

    @Override
    public Pages<KeyedEntry<K, V>> entries(KeyPattern pattern) {
        return walk("entries", pattern, below.entries(pattern));
    }

    @Override
    public Reply<Long> removeMatching(KeyPattern pattern) {
        return call("removeMatching", pattern, () -> below.removeMatching(pattern));
    }

    @Override
    public Reply<@Nullable Void> clear() {
        return call("clear", "", below::clear);
    }

    @Override
    public @Nullable Watch<K> watch(ChangeListener<K> told) {
        return below.watch(told);
    }

    @Override
    public Reply<@Nullable Void> ping() {
        return call("ping", "", below::ping);
    }

    @Override
    public @Nullable Reply<@Nullable Void> pingAny() {
        Reply<@Nullable Void> any = below.pingAny();
        return any == null ? null : call("ping", "", () -> any);
    }

    @Override
    public Reply<BackendInfo> info() {
        return call("info", "", below::info);
    }

    @Override
    public List<BackendInfo> known() {
        return Known.of(below);
    }

    @Override
    public void close() {
        below.close();
    }

    /** Safe, because a reply only gives its answer away. */
    @SuppressWarnings("unchecked")
    private static <V> Reply<Lookup<V>> widened(Reply<? extends Lookup<V>> reply) {
        return (Reply<Lookup<V>>) reply;
    }
}
