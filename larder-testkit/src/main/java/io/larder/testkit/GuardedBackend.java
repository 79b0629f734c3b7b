package io.larder.testkit;

import io.larder.layer.ForwardingBackend;
import io.larder.spi.Backend;
import io.larder.spi.BackendInfo;
import io.larder.spi.Capability;
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
import java.util.Collection;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Lets a fake decide what becomes of each call before it is made. As thread-safe as what is below it. */
public abstract class GuardedBackend<K, V> extends ForwardingBackend<K, V> {

    /** Makes one around {@code below}. */
    protected GuardedBackend(Backend<K, V> below) {
        super(below);
    }

    /** Returns the reply of {@code call}, which is the method of that name and not made yet. */
    protected abstract <T extends @Nullable Object> Reply<T> guard(String method, Supplier<Reply<T>> call);

    private <T> Pages<T> guardPages(String method, Pages<T> pages) {
        return () -> guard(method, pages::next);
    }

    /** Returns what is below without {@link Capability#LOCAL}: what may fail or stall is not in this process. */
    @Override
    public final Set<Capability> capabilities() {
        Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
        capabilities.addAll(below.capabilities());
        capabilities.remove(Capability.LOCAL);
        return capabilities;
    }

    @Override
    public final Reply<@Nullable Entry<V>> get(K key) {
        return guard("get", () -> below.get(key));
    }

    /** Nothing, for the same reason. */
    @Override
    public final @Nullable Entry<V> getNow(K key) {
        return null;
    }

    @Override
    public final Reply<Map<K, Entry<V>>> getAll(Collection<K> keys) {
        return guard("getAll", () -> below.getAll(keys));
    }

    @Override
    public final Reply<? extends Lookup<V>> getOrLease(K key, String token, LeaseTerms terms) {
        return guard("getOrLease", () -> {
            Reply<Lookup<V>> reply = below.getOrLease(key, token, terms).map(found -> found);
            return reply;
        });
    }

    @Override
    public final Reply<Boolean> putLeased(K key, Entry<V> entry, Lease<V> lease) {
        return guard("putLeased", () -> below.putLeased(key, entry, lease));
    }

    @Override
    public final Reply<@Nullable Void> release(K key, Lease<V> lease) {
        return guard("release", () -> below.release(key, lease));
    }

    @Override
    public final Reply<Boolean> put(K key, Entry<V> entry, PutMode mode) {
        return guard("put", () -> below.put(key, entry, mode));
    }

    @Override
    public final Reply<@Nullable Void> putAll(Map<K, Entry<V>> entries) {
        return guard("putAll", () -> below.putAll(entries));
    }

    @Override
    public final Reply<Boolean> remove(K key) {
        return guard("remove", () -> below.remove(key));
    }

    @Override
    public final Reply<Long> removeAll(Collection<K> keys) {
        return guard("removeAll", () -> below.removeAll(keys));
    }

    @Override
    public final Reply<Boolean> expire(K key, Lifetime lifetime) {
        return guard("expire", () -> below.expire(key, lifetime));
    }

    @Override
    public final Reply<Long> add(K key, long delta, Entry<Long> initial) {
        return guard("add", () -> below.add(key, delta, initial));
    }

    @Override
    public final Reply<Long> invalidateTag(String tag) {
        return guard("invalidateTag", () -> below.invalidateTag(tag));
    }

    @Override
    public final Pages<KeyedEntry<K, V>> entriesByTag(String tag) {
        return guardPages("entriesByTag", below.entriesByTag(tag));
    }

    @Override
    public final Pages<K> keys(KeyPattern pattern) {
        return guardPages("keys", below.keys(pattern));
    }

    @Override
    public final Pages<KeyedEntry<K, V>> entries(KeyPattern pattern) {
        return guardPages("entries", below.entries(pattern));
    }

    @Override
    public final Reply<Long> removeMatching(KeyPattern pattern) {
        return guard("removeMatching", () -> below.removeMatching(pattern));
    }

    @Override
    public final Reply<@Nullable Void> clear() {
        return guard("clear", below::clear);
    }

    @Override
    public final Reply<@Nullable Void> ping() {
        return guard("ping", below::ping);
    }

    @Override
    public final Reply<BackendInfo> info() {
        return guard("info", below::info);
    }
}
