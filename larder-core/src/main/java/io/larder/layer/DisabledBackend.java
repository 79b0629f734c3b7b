package io.larder.layer;

import io.larder.spi.Backend;
import io.larder.spi.BackendInfo;
import io.larder.spi.Entry;
import io.larder.spi.KeyPattern;
import io.larder.spi.KeyedEntry;
import io.larder.spi.Lease;
import io.larder.spi.LeaseTerms;
import io.larder.spi.LocalLeases;
import io.larder.spi.Lookup;
import io.larder.spi.Pages;
import io.larder.spi.PutMode;
import io.larder.spi.Reply;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a cache that is switched off asks: finds nothing, stores nothing, and still removes. Thread-safe.
 *
 * <p>A write removes what it would have replaced, for the old value would be there again when the cache is switched on. Loads are shared
 * under leases of this process, but are nobody's who came after they began, because an invalidation by another process would not
 * have been seen. Counters go on, because they are no copy of anything that could be loaded.
 */
public final class DisabledBackend<K, V> extends ForwardingBackend<K, V> {

    private final LocalLeases<K, V> standIns = new LocalLeases<>();

    /** Makes one around {@code below}, which has what is there when the cache is on. */
    public DisabledBackend(Backend<K, V> below) {
        super(below);
    }

    @Override
    public Reply<@Nullable Entry<V>> get(K key) {
        return Reply.none();
    }

    @Override
    public @Nullable Entry<V> getNow(K key) {
        return null;
    }

    @Override
    public Reply<Map<K, Entry<V>>> getAll(Collection<K> keys) {
        return Reply.ready(Map.of());
    }

    @Override
    public Reply<? extends Lookup<V>> getOrLease(K key, String token, LeaseTerms terms) {
        return Reply.ready(standIns.take(key, token));
    }

    @Override
    public Reply<Boolean> putLeased(K key, Entry<V> entry, Lease<V> lease) {
        standIns.end(key, lease);
        return Reply.ready(false);
    }

    @Override
    public Reply<@Nullable Void> release(K key, Lease<V> lease) {
        standIns.end(key, lease);
        return Reply.none();
    }

    /** Answers as if nothing were there before, as {@link #get} says. */
    @Override
    public Reply<Boolean> put(K key, Entry<V> entry, PutMode mode) {
        return below.remove(key).map(removed -> mode != PutMode.IF_PRESENT);
    }

    @Override
    public Reply<@Nullable Void> putAll(Map<K, Entry<V>> entries) {
        return below.removeAll(entries.keySet()).then(removed -> Reply.none());
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
    public Reply<BackendInfo> info() {
        return below.info().map(info -> info.with("enabled", "false"));
    }
}
