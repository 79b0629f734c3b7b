package io.larder.layer;

import io.larder.BackendException;
import io.larder.spi.Backend;
import io.larder.spi.Entry;
import io.larder.spi.Lease;
import io.larder.spi.LeaseTerms;
import io.larder.spi.LocalLeases;
import io.larder.spi.Lookup;
import io.larder.spi.Reply;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps reads going while a backend fails, by answering them as misses. Thread-safe.
 *
 * <p>Writes, removals and listings still fail: losing one silently would leave an old value behind, or hide one. For a lease that
 * the backend cannot grant, one of this process stands in: callers share the load, but its value is not stored, and is nobody's
 * who came after it began, because an invalidation by another process would not have been seen.
 */
public final class MissOnErrorBackend<K, V> extends ForwardingBackend<K, V> {

    private final ReadEvents events;
    private final LocalLeases<K, V> standIns = new LocalLeases<>();

    /** Makes one that tells {@code events} what it keeps from the caller. */
    public MissOnErrorBackend(Backend<K, V> below, ReadEvents events) {
        super(below);
        this.events = events;
    }

    @Override
    public Reply<@Nullable Entry<V>> get(K key) {
        Reply<@Nullable Entry<V>> reply = below.get(key);
        return reply instanceof Entry
                ? reply
                : reply.recover(failure -> {
                    events.readFailed(key, failure);
                    return Reply.none();
                });
    }

    @Override
    public Reply<Map<K, Entry<V>>> getAll(Collection<K> keys) {
        return below.getAll(keys).recover(failure -> {
            events.readFailed(keys, failure);
            return Reply.ready(Map.of());
        });
    }

    @Override
    public Reply<? extends Lookup<V>> getOrLease(K key, String token, LeaseTerms terms) {
        Reply<Lookup<V>> reply = below.getOrLease(key, token, terms).map(found -> found);
        return reply.recover(failure -> {
            events.readFailed(key, failure);
            return Reply.ready(standIns.take(key, token));
        });
    }

    @Override
    public Reply<Boolean> putLeased(K key, Entry<V> entry, Lease<V> lease) {
        return endStandIn(key, lease)
                ? Reply.failed(BackendException.passing(
                        "The backend had failed when the load began, so it could not be fenced", null))
                : below.putLeased(key, entry, lease);
    }

    @Override
    public Reply<@Nullable Void> release(K key, Lease<V> lease) {
        return endStandIn(key, lease) ? Reply.none() : below.release(key, lease);
    }

    private boolean endStandIn(K key, Lease<V> lease) {
        boolean standIn = standIns.stands(key, lease, Set.of());
        standIns.end(key, lease);
        return standIn;
    }
}
