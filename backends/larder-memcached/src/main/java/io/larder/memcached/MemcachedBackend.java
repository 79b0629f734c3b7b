package io.larder.memcached;

import io.larder.Clock;
import io.larder.LarderException;
import io.larder.layer.Known;
import io.larder.spi.Backend;
import io.larder.spi.BackendContext;
import io.larder.spi.BackendInfo;
import io.larder.spi.CacheSpec;
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
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one cache on memcached. Thread-safe.
 *
 * <p>All that an entry needs is on its own server: the entry, the cache's marker, its tags' markers and lists. An entry counts while the
 * markers have the generations it was written under; so a marker that the server lost never lets an old entry come back.
 */
final class MemcachedBackend implements Backend<String, byte[]>, Known {

    /** How many entries of one server a call is about in one round trip. */
    private static final int PLACES_MAX = 2_048;

    private final Nodes nodes;
    private final ItemNames names;
    private final Clock clock;
    private final Markers markers;
    private final Reads reads;
    private final Stores stores;
    private final Leases leases;
    private final Counters counters;
    private final Walks walks;
    private final Tags tags;
    /** How often each node had come back when this cache last cleared what was left there. */
    private final AtomicIntegerArray returnsSeen;

    MemcachedBackend(Nodes nodes, MemcachedConfig config, CacheSpec<String, byte[]> spec, BackendContext context) {
        this.nodes = nodes;
        this.names = new ItemNames(spec.scope());
        this.clock = context.clock();
        this.markers = new Markers(names, nodes.all().size());
        Chunks chunks = new Chunks(names, config.chunk());
        this.reads = new Reads(names, markers, chunks, spec.codec());
        ItemWriter writer = new ItemWriter(names, spec.codec(), clock, config);
        this.stores = new Stores(reads, writer, chunks, markers, new TagLists(names, markers, clock), clock);
        Journal journal = new Journal(names);
        this.leases = new Leases(names, reads, writer, stores, journal, clock, config);
        this.counters = new Counters(reads, stores, clock, context.executor());
        this.returnsSeen = new AtomicIntegerArray(nodes.all().size());
        nodes.all().forEach(node -> returnsSeen.set(node.index(), nodes.returns(node)));
        this.walks = new Walks(names, reads, clock);
        this.tags = new Tags(names, markers, journal, walks, clock);
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.of(Capability.STORAGE, Capability.TAGS, Capability.LISTING, Capability.COUNTERS);
    }

    @Override
    public Reply<@Nullable Entry<byte[]>> get(String key) {
        return at(key, place -> reads.value(place).map(sight -> sight.entry(clock)));
    }

    @Override
    public Reply<Map<String, Entry<byte[]>>> getAll(Collection<String> keys) {
        return forEachNode(keys, reads::values).map(answers -> {
            Map<String, Entry<byte[]>> entries = new HashMap<>(2 * keys.size());
            for (List<Sight> sights : answers) {
                for (Sight sight : sights) {
                    Entry<byte[]> entry = sight.entry(clock);
                    if (entry != null) {
                        entries.put(sight.place().key(), entry);
                    }
                }
            }
            return entries;
        });
    }

    @Override
    public Reply<? extends Lookup<byte[]>> getOrLease(String key, String token, LeaseTerms terms) {
        return at(key, place -> leases.entryOrLease(place, token, terms));
    }

    @Override
    public Reply<Boolean> putLeased(String key, Entry<byte[]> entry, Lease<byte[]> lease) {
        return at(key, place -> leases.store(place, entry, lease));
    }

    @Override
    public Reply<@Nullable Void> release(String key, Lease<byte[]> lease) {
        return at(key, place -> leases.release(place, lease));
    }

    @Override
    public Reply<Boolean> put(String key, Entry<byte[]> entry, PutMode mode) {
        return at(
                key,
                place -> mode == PutMode.ALWAYS
                        ? stores.putAll(place.node(), List.of(place), Map.of(key, entry))
                                .map(done -> true)
                        : stores.put(place, entry, mode));
    }

    @Override
    public Reply<@Nullable Void> putAll(Map<String, Entry<byte[]>> entries) {
        return forEachNode(entries.keySet(), (node, places) -> stores.putAll(node, places, entries))
                .map(done -> null);
    }

    @Override
    public Reply<Boolean> remove(String key) {
        return at(key, place -> stores.removeAll(place.node(), List.of(place)).map(removed -> removed > 0));
    }

    @Override
    public Reply<Long> removeAll(Collection<String> keys) {
        return sum(forEachNode(new LinkedHashSet<>(keys), stores::removeAll));
    }

    @Override
    public Reply<Boolean> expire(String key, Lifetime lifetime) {
        return lifetime.isOver(clock.millis()) ? remove(key) : at(key, place -> stores.expire(place, lifetime));
    }

    @Override
    public Reply<Long> add(String key, long delta, Entry<Long> initial) {
        return at(key, place -> counters.add(place, delta, initial));
    }

    @Override
    public Reply<Long> invalidateTag(String tag) {
        return sum(onEachNode(node -> tags.invalidate(node, tag)));
    }

    @Override
    public Pages<KeyedEntry<String, byte[]>> entriesByTag(String tag) {
        return walk(node -> tags.entries(node, tag));
    }

    @Override
    public Pages<String> keys(KeyPattern pattern) {
        return walk(node -> walks.keys(node, pattern));
    }

    @Override
    public Pages<KeyedEntry<String, byte[]>> entries(KeyPattern pattern) {
        return walk(node -> walks.entries(node, pattern));
    }

    /** Leases are items like entries, so that one walk ends them and removes what was stored under them. */
    @Override
    public Reply<Long> removeMatching(KeyPattern pattern) {
        return sum(onEachNode(node -> removed(node, walks.matches(node, pattern), 0)));
    }

    private Reply<Long> removed(Node node, Pages<Place> places, long before) {
        return places.next()
                .then(page -> page.isEmpty()
                        ? Reply.ready(before)
                        : stores.removeAll(node, page).then(removed -> removed(node, places, before + removed)));
    }

    @Override
    public Reply<@Nullable Void> clear() {
        return onEachNode(markers::renewed).map(done -> null);
    }

    @Override
    public Reply<@Nullable Void> ping() {
        return nodes.ping();
    }

    @Override
    public @Nullable Reply<@Nullable Void> pingAny() {
        return nodes.pingAny();
    }

    @Override
    public List<BackendInfo> known() {
        return List.of(nodes.known());
    }

    @Override
    public Reply<BackendInfo> info() {
        return ServerStats.info(nodes);
    }

    /** Leaves the connections alone, which other caches share. */
    @Override
    public void close() {
        // Nothing is this cache's alone.
    }

    private <T extends @Nullable Object> Reply<T> at(String key, Function<Place, Reply<T>> call) {
        return refusing(() -> {
            Place place = place(key);
            return ready(place.node(), () -> call.apply(place));
        });
    }

    private Place place(String key) {
        byte[] name = names.entry(key);
        return Place.of(key, name, nodes.of(name));
    }

    private <T extends @Nullable Object> Reply<List<T>> forEachNode(
            Collection<String> keys, BiFunction<Node, List<Place>, Reply<T>> call) {
        return refusing(() -> {
            Map<Node, List<Place>> byNode = new LinkedHashMap<>();
            for (String key : keys) {
                Place place = place(key);
                byNode.computeIfAbsent(place.node(), node -> new ArrayList<>(keys.size()))
                        .add(place);
            }
            List<Reply<List<T>>> replies = new ArrayList<>(byNode.size());
            byNode.forEach((node, places) -> replies.add(ready(node, () -> inTurn(node, places, call))));
            return replies.size() == 1
                    ? replies.get(0)
                    : Reply.all(replies)
                            .map(parts -> parts.stream().flatMap(List::stream).toList());
        });
    }

    /** Makes one call, or several one after the other, so that no more waits for a server than it may. */
    private static <T extends @Nullable Object> Reply<List<T>> inTurn(
            Node node, List<Place> places, BiFunction<Node, List<Place>, Reply<T>> call) {
        int count = Math.min(PLACES_MAX, places.size());
        return call.apply(node, places.subList(0, count)).then(first -> {
            if (count == places.size()) {
                return Reply.ready(Collections.singletonList(first));
            }
            return inTurn(node, places.subList(count, places.size()), call).map(rest -> {
                List<T> all = new ArrayList<>(rest);
                all.add(0, first);
                return all;
            });
        });
    }

    private <T extends @Nullable Object> Reply<List<T>> onEachNode(Function<Node, Reply<T>> call) {
        return Reply.all(nodes.usable().stream()
                .map(node -> ready(node, () -> call.apply(node)))
                .toList());
    }

    private <T> Pages<T> walk(Function<Node, Pages<T>> walk) {
        return Walks.joined(nodes.usable().stream()
                .<Pages<T>>map(node -> {
                    Pages<T> pages = walk.apply(node);
                    return () -> ready(node, pages::next);
                })
                .toList());
    }

    /**
     * Makes the call when nothing is left on the node from before it was away, nor on the others of what they took over for it: they would
     * show it again the next time.
     */
    private <T extends @Nullable Object> Reply<T> ready(Node node, Supplier<Reply<T>> call) {
        int returns = nodes.returns(node);
        return returnsSeen.get(node.index()) == returns
                ? call.get()
                : Reply.all(nodes.usable().stream().map(markers::renewed).toList())
                        .then(done -> {
                            returnsSeen.set(node.index(), returns);
                            return call.get();
                        });
    }

    private static Reply<Long> sum(Reply<List<Long>> counts) {
        return counts.map(each -> each.stream().mapToLong(count -> count).sum());
    }

    /** Turns what is refused before it is sent into a reply, as every other failure is. */
    private static <T extends @Nullable Object> Reply<T> refusing(Supplier<Reply<T>> call) {
        try {
            return call.get();
        } catch (LarderException refused) {
            return Reply.failed(refused);
        }
    }
}
