package io.larder.handover;

import io.larder.BackendException;
import io.larder.layer.Known;
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
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A backend that can be exchanged for another one while it is called, by {@link BackendSwitch}. Thread-safe.
 *
 * <p>Changes never meet an exchange: while the {@link Stand} is exchanged new ones wait for those under way, so that each is made
 * altogether before it or after it. Reads do not wait; a side is closed when its last one has ended. Only those of a side in this
 * process are not counted, for a hit there must cost no more than the volatile read of the stand. See
 * docs/adr/0016-handover-by-leases.md.
 */
public final class SwitchableBackend<K, V> implements Backend<K, V>, Known {

    private final InFlight changes = new InFlight();
    /** What calls may still be using, long after they should have ended. */
    private final ConcurrentLinkedQueue<Side<K, V>> abandoned = new ConcurrentLinkedQueue<>();

    private volatile Stand<K, V> stand;
    private volatile boolean closed;

    /**
     * Where calls go. Immutable.
     *
     * @param reads the side's backend; here because a hit in memory asks for it
     * @param changed what changes go to: the side's backend, one that changes a second side as well, or null while they wait
     * @param open completed when changes need not wait any more
     */
    private record Stand<K, V>(
            Side<K, V> side,
            Backend<K, V> reads,
            boolean local,
            Set<Capability> capabilities,
            @Nullable Backend<K, V> changed,
            CompletableFuture<@Nullable Void> open) {

        static <K, V> Stand<K, V> of(Side<K, V> side, @Nullable Backend<K, V> changed) {
            Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
            capabilities.addAll(side.backend().capabilities());
            return new Stand<>(
                    side,
                    side.backend(),
                    side.isLocal(),
                    Collections.unmodifiableSet(capabilities),
                    changed,
                    new CompletableFuture<>());
        }
    }

    /** Makes one that begins with {@code first}. */
    public SwitchableBackend(Side<K, V> first) {
        this.stand = Stand.of(first, first.backend());
    }

    /** Returns what is known of each backend in use. */
    @Override
    public List<BackendInfo> known() {
        return Known.of(side().backend());
    }

    /** Returns the side that answers. */
    Side<K, V> side() {
        return stand.side();
    }

    /** Returns the backend that changes a second side as well, or null. */
    @Nullable
    DualBackend<K, V> dual() {
        return stand.changed() instanceof DualBackend<K, V> dual ? dual : null;
    }

    boolean isClosed() {
        return closed;
    }

    /** Lets {@code side} answer, when no change is under way. */
    void use(Side<K, V> side) {
        exchange(() -> Stand.of(side, side.backend()));
    }

    /**
     * Lets {@code side} answer, when no change is under way, and empties it before: what it has from before may have been invalidated
     * since, at the one in use.
     */
    void useEmptied(Side<K, V> side) {
        exchange(() -> {
            side.strict().clear().join();
            return Stand.of(side, side.backend());
        });
    }

    /** Lets changes go through {@code dual}, when none is under way, and empties its second side before, for the same reason. */
    void useEmptied(DualBackend<K, V> dual) {
        exchange(() -> {
            dual.next().strict().clear().join();
            return Stand.of(stand.side(), dual);
        });
    }

    /** Lets the second side of {@code dual} answer, unless it had failed when the last change had ended; returns why it had not. */
    @Nullable
    RuntimeException useSecondOf(DualBackend<K, V> dual) {
        exchange(() -> {
            Side<K, V> side = dual.broken() == null ? dual.next() : stand.side();
            return Stand.of(side, side.backend());
        });
        return dual.broken();
    }

    private void exchange(Supplier<Stand<K, V>> next) {
        Stand<K, V> before = stand;
        Stand<K, V> gate = Stand.of(before.side(), null);
        Stand<K, V> after = before;
        stand = gate;
        try {
            if (!changes.awaitNone()) {
                throw BackendException.passing("Calls that change it have not ended for half a minute", null);
            }
            after = next.get();
        } finally {
            stand = after;
            gate.open().complete(null);
        }
    }

    /** Closes a side that is not in use any more, when its last read has ended. */
    void retire(Side<K, V> side) {
        if (side.isLocal() || side.reads().awaitNone()) {
            side.close();
        } else {
            abandoned.add(side);
        }
    }

    /** Returns what the backend in use can do; all that the first one could, except that {@link Capability#LOCAL} comes and goes. */
    @Override
    public Set<Capability> capabilities() {
        return stand.capabilities();
    }

    @Override
    public Reply<@Nullable Entry<V>> get(K key) {
        Stand<K, V> now = stand;
        return now.local() ? now.reads().get(key) : read(backend -> backend.get(key));
    }

    /** Not counted, for what is at hand is there after its side has been closed. */
    @Override
    public @Nullable Entry<V> getNow(K key) {
        return stand.reads().getNow(key);
    }

    @Override
    public Reply<Map<K, Entry<V>>> getAll(Collection<K> keys) {
        return read(backend -> backend.getAll(keys));
    }

    @Override
    public Reply<? extends Lookup<V>> getOrLease(K key, String token, LeaseTerms terms) {
        Stand<K, V> now = stand;
        return now.local()
                ? now.reads().getOrLease(key, token, terms)
                : this.<Lookup<V>>read(
                        backend -> backend.getOrLease(key, token, terms).map(found -> found));
    }

    @Override
    public Reply<Boolean> putLeased(K key, Entry<V> entry, Lease<V> lease) {
        return change(backend -> backend.putLeased(key, entry, lease));
    }

    @Override
    public Reply<@Nullable Void> release(K key, Lease<V> lease) {
        return read(backend -> backend.release(key, lease));
    }

    @Override
    public Reply<Boolean> put(K key, Entry<V> entry, PutMode mode) {
        return change(backend -> backend.put(key, entry, mode));
    }

    @Override
    public Reply<@Nullable Void> putAll(Map<K, Entry<V>> entries) {
        return change(backend -> backend.putAll(entries));
    }

    @Override
    public Reply<Boolean> remove(K key) {
        return change(backend -> backend.remove(key));
    }

    @Override
    public Reply<Long> removeAll(Collection<K> keys) {
        return change(backend -> backend.removeAll(keys));
    }

    @Override
    public Reply<Boolean> expire(K key, Lifetime lifetime) {
        return change(backend -> backend.expire(key, lifetime));
    }

    @Override
    public Reply<Long> add(K key, long delta, Entry<Long> initial) {
        return change(backend -> backend.add(key, delta, initial));
    }

    @Override
    public Reply<Long> invalidateTag(String tag) {
        return change(backend -> backend.invalidateTag(tag));
    }

    @Override
    public Pages<KeyedEntry<K, V>> entriesByTag(String tag) {
        return new Walk<>(backend -> backend.entriesByTag(tag));
    }

    @Override
    public Pages<K> keys(KeyPattern pattern) {
        return new Walk<>(backend -> backend.keys(pattern));
    }

    @Override
    public Pages<KeyedEntry<K, V>> entries(KeyPattern pattern) {
        return new Walk<>(backend -> backend.entries(pattern));
    }

    @Override
    public Reply<Long> removeMatching(KeyPattern pattern) {
        return change(backend -> backend.removeMatching(pattern));
    }

    @Override
    public Reply<@Nullable Void> clear() {
        return change(Backend::clear);
    }

    @Override
    public Reply<@Nullable Void> ping() {
        return read(Backend::ping);
    }

    @Override
    public Reply<BackendInfo> info() {
        return read(Backend::info);
    }

    /** Closes what is in use, also while it is being exchanged. */
    @Override
    public void close() {
        closed = true;
        DualBackend<K, V> dual = dual();
        abandoned.forEach(Side::close);
        if (dual != null) {
            dual.next().close();
        }
        side().close();
    }

    /** Asks the side in use; it is not closed before the answer has come. */
    private <T extends @Nullable Object> Reply<T> read(Function<Backend<K, V>, Reply<T>> call) {
        while (true) {
            Side<K, V> side = stand.side();
            if (side.isLocal()) {
                return call.apply(side.backend());
            }
            side.reads().begin();
            // Whoever takes the side away looks for its reads after that, so that one of the two sees the other.
            if (stand.side() == side) {
                return side.reads().ending(call, side.backend());
            }
            side.reads().end();
        }
    }

    private <T extends @Nullable Object> Reply<T> change(Function<Backend<K, V>, Reply<T>> call) {
        changes.begin();
        // Looked at after that, for the same reason.
        Stand<K, V> now = stand;
        Backend<K, V> changed = now.changed();
        if (changed == null) {
            changes.end();
            return Reply.pending(now.open()).then(open -> change(call));
        }
        return changes.ending(call, changed);
    }

    /** A walk that begins again on the new side when the old one has gone. Confined to one caller at a time. */
    private final class Walk<T> implements Pages<T> {

        private final Function<Backend<K, V>, Pages<T>> start;
        private @Nullable Backend<K, V> walked;
        private Pages<T> pages = Pages.of(Collections.emptyIterator());
        private boolean over;

        Walk(Function<Backend<K, V>, Pages<T>> start) {
            this.start = start;
        }

        @Override
        public Reply<List<T>> next() {
            return over
                    ? Reply.ready(List.of())
                    : read(this::nextAt).map(page -> {
                        over = page.isEmpty();
                        return page;
                    });
        }

        private Reply<List<T>> nextAt(Backend<K, V> backend) {
            if (backend != walked) {
                walked = backend;
                pages = start.apply(backend);
            }
            return pages.next();
        }
    }
}
