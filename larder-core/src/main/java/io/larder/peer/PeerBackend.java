package io.larder.peer;

import io.larder.BackendException;
import io.larder.Clock;
import io.larder.CodecException;
import io.larder.layer.Known;
import io.larder.spi.Backend;
import io.larder.spi.BackendInfo;
import io.larder.spi.Capability;
import io.larder.spi.DamagedEntry;
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
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Entries that a Python cache reads and writes, too: values without a frame, under its names, with the server's ttl. Thread-safe.
 *
 * <p>Leases are this process's own, for no Python cache asks for one. A store under a lease is refused where somebody has put an entry
 * since, whoever that was; that somebody has removed one cannot be seen.
 */
public final class PeerBackend implements Backend<String, byte[]>, Known {

    private static final int LOCKS = 64;

    private final PeerStore store;
    private final @Nullable PeerTags tags;
    private final PeerLayout layout;
    private final Clock clock;
    private final LocalLeases<String, byte[]> leases = new LocalLeases<>();
    /** Held while a lease is looked at and the write it lets through is sent, which does not wait; a connection keeps the order. */
    private final Object[] locks = new Object[LOCKS];

    /** Makes one of the entries that {@code layout} names on {@code store}. */
    public PeerBackend(PeerStore store, PeerLayout layout, Clock clock) {
        this.store = store;
        this.tags = store.tags();
        this.layout = layout;
        this.clock = clock;
        for (int i = 0; i < LOCKS; i++) {
            locks[i] = new Object();
        }
    }

    @Override
    public Set<Capability> capabilities() {
        Set<Capability> all = EnumSet.of(Capability.STORAGE, Capability.LISTING);
        if (tags != null) {
            all.add(Capability.TAGS);
        }
        if (store.counts() && !layout.isEnveloped()) {
            all.add(Capability.COUNTERS);
        }
        return all;
    }

    @Override
    public Reply<@Nullable Entry<byte[]>> get(String key) {
        Reply<@Nullable Entry<byte[]>> found = store.get(layout.name(key));
        Reply<Set<String>> known = tags == null ? Reply.ready(Set.of()) : tags.of(key);
        return found.then(entry -> entry == null ? Reply.none() : known.map(carried -> entry(entry, carried)));
    }

    private Entry<byte[]> entry(Entry<byte[]> stored, Set<String> carried) {
        try {
            return new Entry<>(layout.value(Objects.requireNonNull(stored.value())), stored.lifetime(), carried);
        } catch (CodecException e) {
            return new DamagedEntry(e);
        }
    }

    @Override
    public Reply<Map<String, Entry<byte[]>>> getAll(Collection<String> keys) {
        List<String> wanted = List.copyOf(keys);
        return Reply.all(wanted.stream().map(this::get).toList()).map(found -> {
            Map<String, Entry<byte[]>> entries = new LinkedHashMap<>();
            for (int i = 0; i < wanted.size(); i++) {
                if (found.get(i) != null) {
                    entries.put(wanted.get(i), found.get(i));
                }
            }
            return entries;
        });
    }

    /** Takes the lease first, so that what is written after the look ends it. */
    @Override
    public Reply<? extends Lookup<byte[]>> getOrLease(String key, String token, LeaseTerms terms) {
        Lease<byte[]> lease = leases.take(key, token);
        return get(key).map(entry -> {
                    if (entry == null || (!terms.isMetBy(entry, clock) && !(entry instanceof DamagedEntry))) {
                        return (Lookup<byte[]>) lease;
                    }
                    endOwn(key, token, lease);
                    return entry;
                })
                .recover(failure -> {
                    endOwn(key, token, lease);
                    throw failure;
                });
    }

    private void endOwn(String key, String token, Lease<byte[]> lease) {
        if (lease.token().equals(token)) {
            leases.end(key, lease);
        }
    }

    @Override
    public Reply<Boolean> putLeased(String key, Entry<byte[]> entry, Lease<byte[]> lease) {
        synchronized (lock(key)) {
            if (!leases.stands(key, lease, entry.tags())) {
                leases.end(key, lease);
                return Reply.ready(false);
            }
            return write(key, entry, PutMode.IF_ABSENT)
                    // Who was shown it while the write was under way must know of what came between.
                    .map(stored -> leases.endIfStands(key, lease, entry.tags()) && stored)
                    .whenDone(() -> leases.end(key, lease));
        }
    }

    @Override
    public Reply<@Nullable Void> release(String key, Lease<byte[]> lease) {
        leases.end(key, lease);
        return Reply.none();
    }

    @Override
    public Reply<Boolean> put(String key, Entry<byte[]> entry, PutMode mode) {
        return changing(key, () -> write(key, entry, mode));
    }

    private Reply<Boolean> write(String key, Entry<byte[]> entry, PutMode mode) {
        byte[] value = entry.value();
        Lifetime lifetime = entry.lifetime();
        if (value == null) {
            return Reply.failed(refused(key, "that there is no such thing. Leave 'miss-ttl' out"));
        }
        if (lifetime.freshUntilMillis() != lifetime.keepUntilMillis()) {
            return Reply.failed(refused(key, "what is stale. Leave 'stale-for' out"));
        }
        if (lifetime.isOver(clock.millis())) {
            return writeNothing(key, mode);
        }
        byte[] stored = layout.stored(value);
        if (stored.length > store.valueBytesMax()) {
            return Reply.failed(BackendException.lasting(
                    "Cannot store key '" + key + "': its value has " + stored.length + " bytes, and 'max-value' allows "
                            + store.valueBytesMax() + ". Raise the limit, or split the value",
                    null));
        }
        return tags == null
                ? store.set(layout.name(key), stored, lifetime, mode)
                : tags.put(key, stored, lifetime, mode, entry.tags());
    }

    private Reply<Boolean> writeNothing(String key, PutMode mode) {
        return mode == PutMode.IF_ABSENT
                ? store.get(layout.name(key)).map(Objects::isNull)
                : erase(key).map(removed -> removed || mode == PutMode.ALWAYS);
    }

    private Reply<Boolean> erase(String key) {
        return tags == null ? store.remove(layout.name(key)) : tags.remove(key);
    }

    private BackendException refused(String key, String what) {
        return BackendException.lasting(
                "Cannot store key '" + key + "': '" + layout.system() + "' does not keep " + what, null);
    }

    @Override
    public Reply<@Nullable Void> putAll(Map<String, Entry<byte[]>> entries) {
        List<Reply<Boolean>> puts = new ArrayList<>();
        entries.forEach((key, entry) -> puts.add(put(key, entry, PutMode.ALWAYS)));
        return Reply.all(puts).map(done -> null);
    }

    @Override
    public Reply<Boolean> remove(String key) {
        return changing(key, () -> erase(key));
    }

    @Override
    public Reply<Long> removeAll(Collection<String> keys) {
        return Reply.all(keys.stream().distinct().map(this::remove).toList())
                .map(removed -> removed.stream().filter(was -> was).count());
    }

    @Override
    public Reply<Boolean> expire(String key, Lifetime lifetime) {
        return lifetime.isOver(clock.millis())
                ? remove(key)
                : changing(
                        key,
                        () -> tags == null ? store.expire(layout.name(key), lifetime) : tags.expire(key, lifetime));
    }

    @Override
    public Reply<Long> add(String key, long delta, Entry<Long> initial) {
        return changing(key, () -> store.add(key, layout.name(key), delta, initial));
    }

    @Override
    public Reply<Long> invalidateTag(String tag) {
        PeerTags sets = Objects.requireNonNull(tags, "a layout without tags has no such capability");
        leases.invalidated(tag);
        return sets.invalidate(tag).whenDone(() -> leases.invalidated(tag));
    }

    @Override
    public Pages<KeyedEntry<String, byte[]>> entriesByTag(String tag) {
        PeerTags sets = Objects.requireNonNull(tags, "a layout without tags has no such capability");
        Reply<List<String>> found = sets.keys(tag);
        List<Pages<String>> known = new ArrayList<>();
        return entries(() -> known.isEmpty()
                ? found.then(keys -> {
                    known.add(Pages.of(keys.iterator()));
                    return known.get(0).next();
                })
                : known.get(0).next());
    }

    @Override
    public Pages<String> keys(KeyPattern pattern) {
        return store.names(layout.prefix() + (layout.keepsKeys() ? pattern.literalPrefix() : ""))
                .mapNotNull(name -> {
                    String key = layout.key(name);
                    return key != null && pattern.matches(key) ? key : null;
                });
    }

    @Override
    public Pages<KeyedEntry<String, byte[]>> entries(KeyPattern pattern) {
        return entries(keys(pattern));
    }

    private Pages<KeyedEntry<String, byte[]>> entries(Pages<String> keys) {
        return () -> nextEntries(keys);
    }

    private Reply<List<KeyedEntry<String, byte[]>>> nextEntries(Pages<String> keys) {
        return keys.next()
                .then(page -> page.isEmpty()
                        ? Reply.ready(List.of())
                        : keyed(page).then(found -> found.isEmpty() ? nextEntries(keys) : Reply.ready(found)));
    }

    private Reply<List<KeyedEntry<String, byte[]>>> keyed(List<String> keys) {
        return getAll(keys)
                .map(found -> found.entrySet().stream()
                        .map(entry -> new KeyedEntry<>(entry.getKey(), entry.getValue()))
                        .toList());
    }

    @Override
    public Reply<Long> removeMatching(KeyPattern pattern) {
        leases.endIf(pattern::matches);
        return removeAll(keys(pattern), 0);
    }

    private Reply<Long> removeAll(Pages<String> keys, long before) {
        return keys.next()
                .then(page -> page.isEmpty()
                        ? Reply.ready(before)
                        : removeAll(page).then(removed -> removeAll(keys, before + removed)));
    }

    /** Refuses where any name would be one of these entries. */
    @Override
    public Reply<@Nullable Void> clear() {
        return layout.prefix().isEmpty()
                ? Reply.failed(BackendException.lasting(
                        "Cannot clear " + store.address() + ": '" + layout.system()
                                + "' without a prefix owns every key there. Set 'namespace', or remove keys by a pattern",
                        null))
                : removeMatching(KeyPattern.ALL).map(removed -> null);
    }

    @Override
    public Reply<@Nullable Void> ping() {
        return store.ping();
    }

    @Override
    public @Nullable Reply<@Nullable Void> pingAny() {
        return store.pingAny();
    }

    @Override
    public List<BackendInfo> known() {
        return List.of(store.known());
    }

    @Override
    public Reply<BackendInfo> info() {
        return store.info().map(info -> info.with("peer", layout.system()));
    }

    @Override
    public void close() {
        // Nothing is this cache's alone.
    }

    /** Ends the leases of before, so that none of them stores what was loaded before the change. */
    private <T> Reply<T> changing(String key, Supplier<Reply<T>> change) {
        Reply<T> changed;
        synchronized (lock(key)) {
            leases.end(key);
            changed = change.get();
        }
        return changed.whenDone(() -> leases.end(key));
    }

    private Object lock(String key) {
        return locks[Math.floorMod(key.hashCode(), LOCKS)];
    }
}
