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
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A backend that asks another one; a layer extends it and overrides what it changes. As thread-safe as what is below it. */
public abstract class ForwardingBackend<K, V> implements Backend<K, V> {

    /** What this layer is put around. */
    protected final Backend<K, V> below;

    /** Makes one around {@code below}. */
    protected ForwardingBackend(Backend<K, V> below) {
        this.below = below;
    }

    /** Makes the call of every method, and of every page of a walk; a layer that decides whether it is made overrides this. */
    protected <T extends @Nullable Object> Reply<T> call(Supplier<Reply<T>> call) {
        return pass(call.get());
    }

    /** Passes on the reply of every call; a layer that treats all of them alike overrides this. */
    protected <T extends @Nullable Object> Reply<T> pass(Reply<T> reply) {
        return reply;
    }

    private <T> Pages<T> pass(Pages<T> pages) {
        return () -> call(pages::next);
    }

    @Override
    public Set<Capability> capabilities() {
        return below.capabilities();
    }

    @Override
    public Reply<@Nullable Entry<V>> get(K key) {
        return call(() -> below.get(key));
    }

    @Override
    public @Nullable Entry<V> getNow(K key) {
        return below.getNow(key);
    }

    @Override
    public Reply<Map<K, Entry<V>>> getAll(Collection<K> keys) {
        return call(() -> below.getAll(keys));
    }

    @Override
    public Reply<? extends Lookup<V>> getOrLease(K key, String token, LeaseTerms terms) {
        return call(() -> widened(below.getOrLease(key, token, terms)));
    }

    @Override
    public Reply<Boolean> putLeased(K key, Entry<V> entry, Lease<V> lease) {
        return call(() -> below.putLeased(key, entry, lease));
    }

    @Override
    public Reply<@Nullable Void> release(K key, Lease<V> lease) {
        return call(() -> below.release(key, lease));
    }

    @Override
    public Reply<Boolean> put(K key, Entry<V> entry, PutMode mode) {
        return call(() -> below.put(key, entry, mode));
    }

    @Override
    public Reply<@Nullable Void> putAll(Map<K, Entry<V>> entries) {
        return call(() -> below.putAll(entries));
    }

    @Override
    public Reply<Boolean> remove(K key) {
        return call(() -> below.remove(key));
    }

    @Override
    public Reply<Long> removeAll(Collection<K> keys) {
        return call(() -> below.removeAll(keys));
    }

    @Override
    public Reply<Boolean> expire(K key, Lifetime lifetime) {
        return call(() -> below.expire(key, lifetime));
    }

    @Override
    public Reply<Long> add(K key, long delta, Entry<Long> initial) {
        return call(() -> below.add(key, delta, initial));
    }

    @Override
    public Reply<Long> invalidateTag(String tag) {
        return call(() -> below.invalidateTag(tag));
    }

    @Override
    public Pages<KeyedEntry<K, V>> entriesByTag(String tag) {
        return pass(below.entriesByTag(tag));
    }

    @Override
    public Pages<K> keys(KeyPattern pattern) {
        return pass(below.keys(pattern));
    }

    @Override
    public Pages<KeyedEntry<K, V>> entries(KeyPattern pattern) {
        return pass(below.entries(pattern));
    }

    @Override
    public Reply<Long> removeMatching(KeyPattern pattern) {
        return call(() -> below.removeMatching(pattern));
    }

    @Override
    public Reply<@Nullable Void> clear() {
        return call(below::clear);
    }

    @Override
    public @Nullable Watch<K> watch(ChangeListener<K> told) {
        return below.watch(told);
    }

    @Override
    public Reply<@Nullable Void> ping() {
        return call(below::ping);
    }

    @Override
    public Reply<BackendInfo> info() {
        return call(below::info);
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
