package io.larder.memcached;

import io.larder.Clock;
import io.larder.memcached.client.MetaFlags;
import io.larder.memcached.client.MetaReply;
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
    private final Markers markers;
    private final TagLists lists;
    private final Clock clock;

    Stores(Reads reads, ItemWriter writer, Markers markers, TagLists lists, Clock clock) {
        this.reads = reads;
        this.writer = writer;
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
        Set<String> tags = new TreeSet<>();
        places.forEach(place -> tags.addAll(entry(place, entries).tags()));
        long known = markers.known(node);
        if (tags.isEmpty() && known != 0) {
            return put(node, places, entries, known, new Seen(null, Map.of()), true);
        }
        return markers.ensured(node, tags).then(seen -> {
            Marker cache = seen.cache();
            return put(node, places, entries, cache == null ? 0 : cache.generation(), seen, false);
        });
    }

    private Reply<@Nullable Void> put(
            Node node,
            List<Place> places,
            Map<String, Entry<byte[]>> entries,
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
                sets.add(writer.set(place, item, writer.ttl(entry.lifetime())));
            } else {
                sets.add(MetaRequest.delete(place.name(), MetaFlags.NONE));
            }
        }
        List<MetaRequest> check = isGuess ? List.of(markers.read()) : List.of();
        return lists.add(node, additions, sets, check).then(replies -> {
            if (isGuess && !markers.seen(node, replies.get(sets.size())).isCurrent(generation)) {
                // What is known is right by now, or not known at all.
                return markers.ensured(node, Set.of())
                        .then(right -> putAll(node, places, entries));
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
        Place place = sight.place();
        Seen seen = sight.seen();
        if (!entry.isKept(clock)) {
            return deleted(sight);
        }
        Marker cache = seen.cache();
        if (cache == null || !seen.hasAll(entry.tags())) {
            return marked(sight, entry.tags()).map(made -> false);
        }
        Item item = writer.item(place, entry, cache.generation(), seen);
        TagLists.Additions additions = new TagLists.Additions(seen);
        additions.add(place.key(), item, entry);
        return lists.add(
                        place.node(), additions, List.of(writer.swap(sight, item, writer.ttl(entry.lifetime()))), List.of())
                .map(replies -> replies.get(0).done());
    }

    /** Makes the markers that were missing, of the cache and of these tags. */
    Reply<@Nullable Void> marked(Sight sight, Set<String> tags) {
        return markers.made(sight.place().node(), tags, sight.seen()).map(made -> null);
    }

    /** Removes what was seen, and returns whether that was still there. */
    Reply<Boolean> deleted(Sight sight) {
        return sight.exists()
                ? sight.place().node().one(ItemWriter.delete(sight)).map(MetaReply::done)
                : Reply.ready(true);
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
            return node.all(there.stream().map(ItemWriter::delete).toList()).map(replies -> {
                long removed = 0;
                for (int i = 0; i < replies.size(); i++) {
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

    private static <T> Reply<T> until(
            String what, Place place, Supplier<Reply<@Nullable T>> attempt) {
        return Tries.until(
                what + " key '" + ItemWriter.shortened(place.key()) + "' on memcached at " + place.node(), attempt);
    }
}
