package io.larder.memcached;

import io.larder.memcached.client.MetaFlags;
import io.larder.memcached.client.MetaReply;
import io.larder.memcached.client.MetaRequest;
import io.larder.spi.Reply;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

/** Reads and makes the markers of one cache. Thread-safe. */
final class Markers {

    static final MetaFlags READ = MetaFlags.of("vc");
    private static final MetaFlags ADD = MetaFlags.NONE.with('M', "E");
    private static final MetaFlags SET = MetaFlags.NONE;

    private final ItemNames names;
    private final List<MetaRequest> readCache;
    private final List<MetaRequest> readGeneration;
    /** The cache's generation on each node, as far as this process has last seen it, or 0. */
    private final AtomicLongArray known;

    Markers(ItemNames names, int nodes) {
        this.names = names;
        this.readCache = List.of(MetaRequest.get(names.marker(), READ));
        this.readGeneration = List.of(MetaRequest.get(names.marker(), MetaFlags.of("v")));
        this.known = new AtomicLongArray(nodes);
    }

    /** Returns the cache's generation as it was, so that a store may try it; 0 if it is not known. */
    long known(Node node) {
        return known.get(node.index());
    }

    /** Returns what reads the cache's marker, to be shared with others. */
    List<MetaRequest> read() {
        return readCache;
    }

    /** Returns the same for who does not look when it was written: it goes with the entries on one line. */
    List<MetaRequest> readGeneration() {
        return readGeneration;
    }

    MetaRequest read(String tag) {
        return MetaRequest.get(names.tagMarker(tag), READ);
    }

    List<MetaRequest> reads(Collection<String> tags) {
        return tags.stream().map(this::read).toList();
    }

    /** Returns the cache's marker, and none of tags. */
    Seen seen(Node node, MetaReply cache) {
        return seen(node, List.of(), List.of(), cache);
    }

    Seen seen(Node node, Collection<String> tags, List<MetaReply> replies, MetaReply cacheReply) {
        Marker cache = Marker.of(cacheReply);
        long generation = cache == null ? 0 : cache.generation();
        if (known.get(node.index()) != generation) {
            known.set(node.index(), generation);
        }
        return new Seen(cache, tags(tags, replies));
    }

    /** Reads the cache's marker, and those of {@code tags}. */
    Reply<Seen> seen(Node node, Collection<String> tags) {
        return node.all(reads(tags), readCache)
                .map(replies -> seen(node, tags, replies.subList(0, tags.size()), replies.get(tags.size())));
    }

    static Map<String, Marker> tags(Collection<String> tags, List<MetaReply> replies) {
        if (tags.isEmpty()) {
            return Map.of();
        }
        Map<String, Marker> markers = new HashMap<>();
        int i = 0;
        for (String tag : tags) {
            Marker marker = Marker.of(replies.get(i++));
            if (marker != null) {
                markers.put(tag, marker);
            }
        }
        return markers;
    }

    /** Reads the markers, and makes those that are missing. */
    Reply<Seen> ensured(Node node, Collection<String> tags) {
        return Tries.until(
                "Cannot keep the markers of " + tags.size() + " tags on memcached at " + node,
                () -> seen(node, tags)
                        .then(seen -> seen.hasAll(tags)
                                ? Reply.ready(seen)
                                : made(node, tags, seen).map(done -> null)));
    }

    /** Makes the markers that are missing, unless somebody else does; journal and lists come before the markers that name them. */
    Reply<List<MetaReply>> made(Node node, Collection<String> tags, Seen seen) {
        List<MetaRequest> adds = new ArrayList<>();
        if (seen.cache() == null) {
            long generation = Marker.newGeneration();
            adds.add(Journal.first(names, generation));
            adds.add(MetaRequest.set(names.marker(), Marker.encode(generation, true), ADD));
        }
        for (String tag : tags) {
            if (!seen.tags().containsKey(tag)) {
                long generation = Marker.newGeneration();
                adds.add(MetaRequest.set(names.tagList(generation), TagList.empty(true), SET));
                adds.add(MetaRequest.set(names.tagMarker(tag), Marker.encode(generation, true), ADD));
            }
        }
        return node.all(adds);
    }

    /** Ends every entry and every lease on a node. */
    Reply<List<MetaReply>> renewed(Node node) {
        long generation = Marker.newGeneration();
        long before = known.getAndSet(node.index(), generation);
        return node.all(List.of(
                Journal.first(names, generation),
                MetaRequest.set(names.marker(), Marker.encode(generation, false), SET),
                MetaRequest.delete(names.journal(before), MetaFlags.NONE)));
    }

    /** Returns what gives the cache's marker another CAS, and leaves it as it is. */
    MetaRequest bump() {
        return MetaRequest.set(names.marker(), new byte[0], MetaFlags.NONE.with('M', "A"));
    }
}
