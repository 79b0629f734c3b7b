package io.larder.memcached;

import io.larder.Clock;
import io.larder.memcached.client.MetaFlags;
import io.larder.memcached.client.MetaReply;
import io.larder.memcached.client.MetaRequest;
import io.larder.spi.DamagedEntry;
import io.larder.spi.Entry;
import io.larder.spi.KeyedEntry;
import io.larder.spi.Pages;
import io.larder.spi.Reply;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Invalidates tags and reads their entries. Thread-safe. */
final class Tags {

    private static final MetaFlags WRITE_ID = MetaFlags.of("fc");

    private final ItemNames names;
    private final Markers markers;
    private final Journal journal;
    private final Walks walks;
    private final Clock clock;

    Tags(ItemNames names, Markers markers, Journal journal, Walks walks, Clock clock) {
        this.names = names;
        this.markers = markers;
        this.journal = journal;
        this.walks = walks;
        this.clock = clock;
    }

    /** Returns the tags in the order in which an item has their generations. */
    static Collection<String> sorted(Set<String> tags) {
        return tags.size() < 2 ? tags : new TreeSet<>(tags);
    }

    /** Gives the tag a new generation on one node, and returns how many fresh entries carried it until then. */
    Reply<Long> invalidate(Node node, String tag) {
        return Tries.until(
                        "Cannot invalidate tag '" + ItemWriter.shortened(tag) + "' on memcached at " + node,
                        () -> markers.seen(node, List.of(tag))
                                .then(seen -> renewed(node, tag, seen).map(done -> done ? seen : null)))
                .then(seen -> {
                    Marker before = seen.tags().get(tag);
                    Marker cache = seen.cache();
                    return before == null || cache == null
                            ? Reply.ready(0L)
                            : discarded(node, tag, before.generation(), cache.generation());
                });
    }

    /**
     * Exchanges the tag's marker, unless somebody else did. Loads that find it evicted later on notice by the journal, and that there is
     * something in the journal by the cache's marker, which gets a new CAS.
     */
    private Reply<Boolean> renewed(Node node, String tag, Seen seen) {
        long generation = Marker.newGeneration();
        Marker before = seen.tags().get(tag);
        byte[] list = names.tagList(generation);
        // Without a marker of the cache, there are neither entries nor leases.
        long cacheGeneration = seen.cache() == null ? 0 : seen.cache().generation();
        return node.all(List.of(
                        MetaRequest.set(list, TagList.empty(true), MetaFlags.NONE),
                        MetaRequest.set(
                                names.tagMarker(tag),
                                Marker.encode(generation, false),
                                before == null
                                        ? MetaFlags.NONE.with('M', "E")
                                        : MetaFlags.NONE.with('C', before.cas())),
                        journal.append(cacheGeneration, tag),
                        markers.bump()))
                .then(replies -> replies.get(1).done()
                        ? journal.kept(node, cacheGeneration, replies.get(2)).map(kept -> true)
                        : node.one(MetaRequest.delete(list, MetaFlags.NONE)).map(done -> false));
    }

    /** Frees what the tag's old generation left, and returns how much of it was fresh. */
    private Reply<Long> discarded(Node node, String tag, long generation, long cacheGeneration) {
        byte[] list = names.tagList(generation);
        return node.one(MetaRequest.get(list, MetaFlags.of("v")))
                .then(reply -> {
                    TagList found = TagList.decode(reply.value());
                    if (!found.isComplete()) {
                        return discarded(node, walks.carriers(node, tag, generation), 0);
                    }
                    Map<String, Map<Integer, TagList.Member>> members = new LinkedHashMap<>();
                    for (TagList.Member member : found.members()) {
                        if (member.generation() == cacheGeneration) {
                            members.computeIfAbsent(member.key(), key -> new HashMap<>())
                                    .put(member.writeId(), member);
                        }
                    }
                    return discarded(node, members);
                })
                .then(count ->
                        node.one(MetaRequest.delete(list, MetaFlags.NONE)).map(done -> count));
    }

    private Reply<Long> discarded(Node node, Map<String, Map<Integer, TagList.Member>> members) {
        return discarded(node, members, Pages.of(members.keySet().iterator()), 0);
    }

    private Reply<Long> discarded(
            Node node, Map<String, Map<Integer, TagList.Member>> members, Pages<String> keys, long before) {
        return keys.next().then(page -> {
            if (page.isEmpty()) {
                return Reply.ready(before);
            }
            List<String> left = new ArrayList<>(page);
            AtomicLong fresh = new AtomicLong(before);
            return Tries.until(
                            "Cannot remove the entries of a tag from memcached at " + node,
                            () -> discardedOnce(node, members, left)
                                    .map(count -> fresh.addAndGet(count) >= 0 && left.isEmpty() ? fresh : null))
                    .then(sum -> discarded(node, members, keys, sum.get()));
        });
    }

    /** Tries those that are left, and leaves those that changed in the meantime. */
    private Reply<Long> discardedOnce(Node node, Map<String, Map<Integer, TagList.Member>> members, List<String> left) {
        List<String> page = List.copyOf(left);
        left.clear();
        return node.all(page.stream()
                        .map(key -> MetaRequest.get(names.entry(key), WRITE_ID))
                        .toList())
                .then(replies -> {
                    List<MetaRequest> deletes = new ArrayList<>();
                    List<TagList.Member> deleted = new ArrayList<>();
                    for (int i = 0; i < page.size(); i++) {
                        MetaReply reply = replies.get(i);
                        TagList.@Nullable Member member = reply.done()
                                ? members.getOrDefault(page.get(i), Map.of()).get(reply.clientFlags())
                                : null;
                        // What is over is left to the server: there may be a lease in its place.
                        if (member != null && clock.isBefore(member.keepUntilMillis())) {
                            deletes.add(MetaRequest.delete(
                                    names.entry(page.get(i)), MetaFlags.NONE.with('C', reply.cas())));
                            deleted.add(member);
                        }
                    }
                    return node.all(deletes).map(done -> {
                        long fresh = 0;
                        for (int i = 0; i < deleted.size(); i++) {
                            if (!done.get(i).done()) {
                                left.add(deleted.get(i).key());
                            } else if (clock.isBefore(deleted.get(i).freshUntilMillis())) {
                                fresh++;
                            }
                        }
                        return fresh;
                    });
                });
    }

    /** Removes what a walk finds, and returns how much of it was fresh. */
    private Reply<Long> discarded(Node node, Pages<Sight> carriers, long before) {
        return carriers.next().then(page -> {
            if (page.isEmpty()) {
                return Reply.ready(before);
            }
            return node.all(page.stream().map(ItemWriter::delete).toList()).then(replies -> {
                long fresh = before;
                for (int i = 0; i < page.size(); i++) {
                    Entry<byte[]> entry = page.get(i).claimed();
                    fresh += replies.get(i).done() && entry != null && entry.isFresh(clock) ? 1 : 0;
                }
                return discarded(node, carriers, fresh);
            });
        });
    }

    /** Returns the fresh entries on one node that carry the tag. */
    Pages<KeyedEntry<String, byte[]>> entries(Node node, String tag) {
        Pages<Place> places = new Pages<>() {
            private @Nullable Pages<Place> pages;

            @Override
            public Reply<List<Place>> next() {
                Pages<Place> known = pages;
                return known != null
                        ? known.next()
                        : members(node, tag).then(found -> {
                            pages = found;
                            return found.next();
                        });
            }
        };
        return walks.entries(node, places)
                .mapNotNull(keyed -> keyed.entry() instanceof DamagedEntry
                                || !keyed.entry().tags().contains(tag)
                        ? null
                        : keyed);
    }

    private Reply<Pages<Place>> members(Node node, String tag) {
        return markers.seen(node, List.of(tag)).then(seen -> {
            Marker marker = seen.tags().get(tag);
            if (marker == null) {
                return Reply.ready(Pages.of(List.<Place>of().iterator()));
            }
            return node.one(MetaRequest.get(names.tagList(marker.generation()), MetaFlags.of("v")))
                    .map(reply -> {
                        TagList list = TagList.decode(reply.value());
                        return list.isComplete()
                                ? Pages.of(list.members().stream()
                                        .map(TagList.Member::key)
                                        .distinct()
                                        .map(key -> Place.of(key, names.entry(key), node))
                                        .iterator())
                                : walks.all(node);
                    });
        });
    }
}
