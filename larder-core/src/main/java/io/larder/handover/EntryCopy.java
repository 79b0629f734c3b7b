package io.larder.handover;

import io.larder.LarderException;
import io.larder.spi.Backend;
import io.larder.spi.DamagedEntry;
import io.larder.spi.Entry;
import io.larder.spi.Lease;
import io.larder.spi.LeaseTerms;
import io.larder.spi.Lookup;
import io.larder.spi.Pages;
import io.larder.spi.Reply;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Copies entries from one backend to another, with their deadlines and tags. As thread-safe as the backends.
 *
 * <p>Each under a lease of the target's that is taken before the entry is read. Whoever changes an entry at the source first, and then
 * removes it at the target, either comes before that reading, or ends the lease, or removes the copy: what is replaced or invalidated
 * in this order is not brought back. A change at one of the two alone has no such protection. See
 * docs/adr/0016-handover-by-leases.md.
 */
public final class EntryCopy<K, V> {

    private final Function<Collection<K>, Reply<Map<K, Entry<V>>>> from;
    private final Backend<K, V> to;
    private final BiConsumer<? super K, LarderException> refusals;

    /** What became of a key. */
    public enum Outcome {
        /** The target has the entry now. */
        COPIED,
        /** The target has an entry of its own, or somebody is loading one. */
        TAKEN,
        /** The key, or a tag of the entry, was invalidated at the target meanwhile. */
        INVALIDATED,
        /** The source has no such entry, or it is damaged. */
        GONE,
        /** The target would not keep it: it is too large, or cannot be encoded. */
        REFUSED
    }

    /** Makes one that tells {@code refusals} why the target would not keep an entry; nothing it does may fail. */
    public EntryCopy(Backend<K, V> from, Backend<K, V> to, BiConsumer<? super K, LarderException> refusals) {
        this(from::getAll, to, refusals);
    }

    /** Makes one as above of entries that are not at a backend; {@code from} is asked for them. */
    public EntryCopy(
            Function<Collection<K>, Reply<Map<K, Entry<V>>>> from,
            Backend<K, V> to,
            BiConsumer<? super K, LarderException> refusals) {
        this.from = from;
        this.to = to;
        this.refusals = refusals;
    }

    /** Copies the entries of all {@code keys}, a page at a time, on this thread. */
    public void copy(Pages<K> keys) {
        for (List<K> page = keys.next().join();
                !page.isEmpty();
                page = keys.next().join()) {
            copy(page).join();
        }
    }

    /**
     * Copies the entries of {@code keys}, fresh or stale, unless the target has fresh ones, and returns what became of each.
     *
     * <p>When this fails, the leases that it had taken run out by themselves.
     */
    public Reply<Map<K, Outcome>> copy(Collection<K> keys) {
        return new Step(List.copyOf(new LinkedHashSet<>(keys))).run();
    }

    /** One copy of some keys. Confined to that call, whose steps follow each other. */
    private final class Step {

        private final String token = "copy-" + UUID.randomUUID();
        private final List<K> keys;
        private final Map<K, Outcome> outcomes = new LinkedHashMap<>();
        private final Map<K, Lease<V>> granted = new LinkedHashMap<>();

        Step(List<K> keys) {
            this.keys = keys;
        }

        Reply<Map<K, Outcome>> run() {
            return Reply.all(keys.stream().map(this::lookUp).toList())
                    .<Map<K, Entry<V>>>then(found -> {
                        sort(found);
                        return granted.isEmpty() ? Reply.ready(Map.of()) : from.apply(granted.keySet());
                    })
                    .then(this::store)
                    .map(stored -> {
                        Iterator<Outcome> next = stored.iterator();
                        granted.keySet().forEach(key -> outcomes.put(key, next.next()));
                        return outcomes;
                    });
        }

        private Reply<Lookup<V>> lookUp(K key) {
            return to.getOrLease(key, token, LeaseTerms.TAGGED).map(found -> found);
        }

        private void sort(List<Lookup<V>> found) {
            for (int i = 0; i < keys.size(); i++) {
                outcomes.put(keys.get(i), Outcome.TAKEN);
                if (found.get(i) instanceof Lease<V> lease && lease.token().equals(token)) {
                    granted.put(keys.get(i), lease);
                }
            }
        }

        private Reply<List<Outcome>> store(Map<K, Entry<V>> found) {
            List<Reply<Outcome>> stores = new ArrayList<>();
            granted.forEach((key, lease) -> stores.add(store(key, found.get(key), lease)));
            return Reply.all(stores);
        }

        private Reply<Outcome> store(K key, @Nullable Entry<V> entry, Lease<V> lease) {
            return entry == null || entry instanceof DamagedEntry
                    ? to.release(key, lease).map(released -> Outcome.GONE)
                    : to.putLeased(key, entry, lease)
                            .map(stood -> stood ? Outcome.COPIED : Outcome.INVALIDATED)
                            .recover(failure -> refused(key, lease, failure));
        }

        private Reply<Outcome> refused(K key, Lease<V> lease, RuntimeException failure) {
            if (failure instanceof LarderException refusal && !refusal.isTransient()) {
                refusals.accept(key, refusal);
                return to.release(key, lease).map(released -> Outcome.REFUSED);
            }
            throw failure;
        }
    }
}
