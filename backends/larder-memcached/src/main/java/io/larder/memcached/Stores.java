package io.larder.memcached;

import io.larder.Clock;
import io.larder.memcached.client.MetaFlags;
import io.larder.memcached.client.MetaRequest;
import io.larder.spi.Entry;
import io.larder.spi.Lifetime;
import io.larder.spi.PutMode;
import io.larder.spi.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Stores and removes entries. Thread-safe. */
final class Stores {

    private final Reads reads;
    private final ItemWriter writer;
    private final Chunks chunks;
    private final Markers markers;
    private final TagLists lists;
    private final Clock clock;

    Stores(Reads reads, ItemWriter writer, Chunks chunks, Markers markers, TagLists lists, Clock clock) {
        this.reads = reads;
        this.writer = writer;
        this.chunks = chunks;
        this.markers = markers;
        this.lists = lists;
        this.clock = clock;
    }

    /**
     * Stores entries on one node, whatever is there.
     *
     * <p>Without tags they leave under the generation that this process saw last, with a look at the marker behind them: if it is another
     * by now, they are stored again.
     */
    Reply<@Nullable Void> putAll(Node node, List<Place> places, Map<String, Entry<byte[]>> entries) {
        List<Entry<byte[]>> all =
                places.stream().map(place -> entry(place, entries)).toList();
        return chunks.limit(node, all).then(limit -> putAll(node, places, entries, limit));
    }

    private Reply<@Nullable Void> putAll(
            Node node, List<Place> places, Map<String, Entry<byte[]>> entries, int itemBytesMax) {
        Set<String> tags = new TreeSet<>();
        places.forEach(place -> tags.addAll(entry(place, entries).tags()));
        long known = markers.known(node);
        if (tags.isEmpty() && known != 0) {
            return put(node, places, entries, itemBytesMax, known, new Seen(null, Map.of()), true);
        }
        return markers.ensured(node, tags).then(seen -> {
            Marker cache = seen.cache();
            long generation = cache == null ? 0 : cache.generation();
            return put(node, places, entries, itemBytesMax, generation, seen, false);
        });
    }

    private Reply<@Nullable Void> put(
            Node node,
            List<Place> places,
            Map<String, Entry<byte[]>> entries,
            int itemBytesMax,
            long generation,
            Seen seen,
            boolean isGuess) {
        List<MetaRequest> sets = new ArrayList<>(places.size() + 1);
        TagLists.Additions additions = new TagLists.Additions(seen);
        for (Place place : places) {
            Entry<byte[]> entry = entry(place, entries);
            if (entry.isKept(clock)) {
                Item item = writer.item(place, entry, generation, seen);
                additions.add(place.key(), item, entry);
                long ttlSeconds = writer.ttl(entry.lifetime());
                Chunks.Parts parts = chunks.parts(place, item, ttlSeconds, itemBytesMax);
                sets.addAll(parts.sets());
                sets.add(writer.set(place, parts.head(), ttlSeconds));
            } else {
                sets.add(MetaRequest.delete(place.name(), MetaFlags.NONE));
            }
        }
        List<MetaRequest> check = isGuess ? markers.readGeneration() : List.of();
        return lists.add(node, additions, sets, check).then(replies -> {
            if (isGuess && !markers.seen(node, replies.get(sets.size())).isCurrent(generation)) {
                // What is known is right by now, or not known at all.
                return markers.ensured(node, Set.of()).then(right -> putAll(node, places, entries, itemBytesMax));
            }
            return Reply.none();
        });
    }

    private static Entry<byte[]> entry(Place place, Map<String, Entry<byte[]>> entries) {
        Entry<byte[]> entry = entries.get(place.key());
        if (entry == null) {
            throw new IllegalArgumentException("entries must not change during the call");
        }
        return entry;
    }

    /** Stores an entry if there is one, or if there is none. */
    Reply<Boolean> put(Place place, Entry<byte[]> entry, PutMode mode) {
        return until(
                "Cannot store",
                place,
                () -> reads.sight(place, entry.tags()).then(sight -> {
                    if ((sight.fresh(clock) != null) != (mode == PutMode.IF_PRESENT)) {
                        return Reply.ready(Boolean.FALSE);
                    }
                    return swapped(sight, entry).map(done -> done ? Boolean.TRUE : null);
                }));
    }

    /** Gives a fresh entry other deadlines, and returns whether there was one. */
    Reply<Boolean> expire(Place place, Lifetime lifetime) {
        return until(
                "Cannot re-time",
                place,
                () -> reads.sight(place, Set.of()).then(sight -> {
                    Entry<byte[]> entry = sight.fresh(clock);
                    return entry == null
                            ? Reply.ready(Boolean.FALSE)
                            : swapped(sight, entry.withDeadlinesOf(lifetime)).map(done -> done ? Boolean.TRUE : null);
                }));
    }

    /** Puts an entry in place of what was seen, and returns whether that was still there; otherwise, try again. */
    Reply<Boolean> swapped(Sight sight, Entry<byte[]> entry) {
        return swapped(sight, entry, Set.of());
    }

    /**
     * Does the same with an entry that was loaded, and returns whether none of its tags was invalidated until then, either. Between the
     * look and the store that goes unnoticed, and whoever was shown the lease thereafter must not be told that it stood.
     */
    Reply<Boolean> swappedInTime(Sight sight, Entry<byte[]> entry) {
        return swapped(sight, entry, entry.tags());
    }

    private Reply<Boolean> swapped(Sight sight, Entry<byte[]> entry, Set<String> checked) {
        Place place = sight.place();
        Seen seen = sight.seen();
        if (!entry.isKept(clock)) {
            return deleted(sight)
                    .then(done -> done && !checked.isEmpty()
                            ? place.node().all(markers.reads(checked)).map(replies -> seen.stands(checked, replies))
                            : Reply.ready(done));
        }
        Marker cache = seen.cache();
        if (cache == null || !seen.hasAll(entry.tags())) {
            return marked(sight, entry.tags()).map(made -> false);
        }
        Item item = writer.item(place, entry, cache.generation(), seen);
        TagLists.Additions additions = new TagLists.Additions(seen);
        additions.add(place.key(), item, entry);
        long ttlSeconds = writer.ttl(entry.lifetime());
        return chunks.limit(place.node(), List.of(entry)).then(limit -> {
            Chunks.Parts parts = chunks.parts(place, item, ttlSeconds, limit);
            List<MetaRequest> sets = new ArrayList<>(parts.sets());
            sets.add(writer.swap(sight, parts.head(), ttlSeconds));
            int count = sets.size();
            return lists.add(place.node(), additions, sets, markers.reads(checked))
                    .map(replies -> replies.get(count - 1).done()
                            && seen.stands(checked, replies.subList(count, replies.size())));
        });
    }

    /** Makes the markers that were missing, of the cache and of these tags. */
    Reply<@Nullable Void> marked(Sight sight, Set<String> tags) {
        return markers.made(sight.place().node(), tags, sight.seen()).map(made -> null);
    }

    /** Removes what was seen, and returns whether that was still there. */
    Reply<Boolean> deleted(Sight sight) {
        if (!sight.exists()) {
            return Reply.ready(true);
        }
        List<MetaRequest> deletes = new ArrayList<>();
        deletes.add(ItemWriter.delete(sight));
        deletes.addAll(chunks.deletes(sight));
        return sight.place().node().all(deletes).map(replies -> replies.get(0).done());
    }

    /** Removes what is at the places of one node, and returns how many fresh entries there were. */
    Reply<Long> removeAll(Node node, List<Place> places) {
        List<Place> left = new ArrayList<>(places);
        AtomicLong removed = new AtomicLong();
        return Tries.until(
                "Cannot remove " + places.size() + " keys from memcached at " + node,
                () -> removedOnce(node, left)
                        .map(count -> removed.addAndGet(count) >= 0 && left.isEmpty() ? (Long) removed.get() : null));
    }

    /** Tries all that are left, and leaves those that changed in the meantime. */
    private Reply<Long> removedOnce(Node node, List<Place> left) {
        return reads.sights(node, left, Set.of()).then(sights -> {
            List<Sight> there = sights.stream().filter(Sight::exists).toList();
            left.clear();
            if (there.isEmpty()) {
                return Reply.ready(0L);
            }
            List<MetaRequest> deletes = new ArrayList<>();
            there.forEach(sight -> deletes.add(ItemWriter.delete(sight)));
            there.forEach(sight -> deletes.addAll(chunks.deletes(sight)));
            return node.all(deletes).map(replies -> {
                long removed = 0;
                for (int i = 0; i < there.size(); i++) {
                    if (!replies.get(i).done()) {
                        left.add(there.get(i).place());
                    } else if (there.get(i).fresh(clock) != null) {
                        removed++;
                    }
                }
                return removed;
            });
        });
    }

    private static <T> Reply<T> until(String what, Place place, Supplier<Reply<@Nullable T>> attempt) {
        return Tries.until(
                what + " key '" + ItemWriter.shortened(place.key()) + "' on memcached at " + place.node(), attempt);
    }
}
