package io.larder.none;

import io.larder.BackendException;
import io.larder.spi.Backend;
import io.larder.spi.BackendInfo;
import io.larder.spi.Capability;
import io.larder.spi.Entry;
import io.larder.spi.KeyPattern;
import io.larder.spi.KeyedEntry;
import io.larder.spi.Lease;
import io.larder.spi.LeaseTerms;
import io.larder.spi.Lifetime;
import io.larder.spi.LocalLeases;
import io.larder.spi.Lookup;
import io.larder.spi.Pages;
import io.larder.spi.PutMode;
import io.larder.spi.Reply;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A backend in which every entry is gone at once; only its leases are real, so that callers still share loads. Thread-safe.
 *
 * <p>It cannot count: a counter that always starts again would be wrong, not merely slow.
 */
final class NoneBackend<K, V> implements Backend<K, V> {

    private final LocalLeases<K, V> leases = new LocalLeases<>();

    @Override
    public Set<Capability> capabilities() {
        return Set.of(Capability.LOCAL, Capability.TAGS, Capability.LISTING);
    }

    @Override
    public Reply<@Nullable Entry<V>> get(K key) {
        return Reply.none();
    }

    @Override
    public Reply<Map<K, Entry<V>>> getAll(Collection<K> keys) {
        return Reply.ready(Map.of());
    }

    @Override
    public Reply<? extends Lookup<V>> getOrLease(K key, String token, LeaseTerms terms) {
        return Reply.ready(leases.take(key, token));
    }

    @Override
    public Reply<Boolean> putLeased(K key, Entry<V> entry, Lease<V> lease) {
        return Reply.ready(leases.endIfStands(key, lease, entry.tags()));
    }

    @Override
    public Reply<@Nullable Void> release(K key, Lease<V> lease) {
        leases.end(key, lease);
        return Reply.none();
    }

    @Override
    public Reply<Boolean> put(K key, Entry<V> entry, PutMode mode) {
        leases.end(key);
        return Reply.ready(mode != PutMode.IF_PRESENT);
    }

    @Override
    public Reply<@Nullable Void> putAll(Map<K, Entry<V>> entries) {
        entries.keySet().forEach(leases::end);
        return Reply.none();
    }

    @Override
    public Reply<Boolean> remove(K key) {
        leases.end(key);
        return Reply.ready(false);
    }

    @Override
    public Reply<Long> removeAll(Collection<K> keys) {
        keys.forEach(leases::end);
        return Reply.ready(0L);
    }

    @Override
    public Reply<Boolean> expire(K key, Lifetime lifetime) {
        leases.end(key);
        return Reply.ready(false);
    }

    @Override
    public Reply<Long> add(K key, long delta, Entry<Long> initial) {
        return Reply.failed(BackendException.lasting("none: cannot count. Open the cache on another backend", null));
    }

    @Override
    public Reply<Long> invalidateTag(String tag) {
        leases.invalidated(tag);
        return Reply.ready(0L);
    }

    @Override
    public Pages<KeyedEntry<K, V>> entriesByTag(String tag) {
        return Pages.of(Collections.emptyIterator());
    }

    @Override
    public Pages<K> keys(KeyPattern pattern) {
        return Pages.of(Collections.emptyIterator());
    }

    @Override
    public Pages<KeyedEntry<K, V>> entries(KeyPattern pattern) {
        return Pages.of(Collections.emptyIterator());
    }

    @Override
    public Reply<Long> removeMatching(KeyPattern pattern) {
        leases.endIf(key -> true);
        return Reply.ready(0L);
    }

    @Override
    public Reply<@Nullable Void> clear() {
        leases.endIf(key -> true);
        return Reply.none();
    }

    @Override
    public Reply<@Nullable Void> ping() {
        return Reply.none();
    }

    @Override
    public Reply<BackendInfo> info() {
        return Reply.ready(new BackendInfo("none:", 0, 0, 0, Map.of()));
    }

    @Override
    public void close() {
        // Nothing was opened.
    }
}
