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
    private final MetaRequest readCache;
    /** The cache's generation on each node, as far as this process has last seen it, or 0. */
    private final AtomicLongArray known;

    Markers(ItemNames names, int nodes) {
        this.names = names;
        this.readCache = MetaRequest.get(names.marker(), READ);
        this.known = new AtomicLongArray(nodes);
    }

    /** Returns the cache's generation as it was, so that a store may try it; 0 if it is not known. */
    long known(Node node) {
        return known.get(node.index());
    }

    MetaRequest read() {
        return readCache;
    }

    MetaRequest read(String tag) {
        return MetaRequest.get(names.tagMarker(tag), READ);
    }

    /** Returns what asks for the cache's marker and then for those of {@code tags}. */
    List<MetaRequest> reads(Collection<String> tags) {
        List<MetaRequest> reads = new ArrayList<>(1 + tags.size());
        reads.add(readCache);
        tags.forEach(tag -> reads.add(read(tag)));
        return reads;
    }

    /** Returns the answers to {@link #reads}. */
    Seen seen(Node node, Collection<String> tags, List<MetaReply> replies) {
        Marker cache = Marker.of(replies.get(0));
        known.set(node.index(), cache == null ? 0 : cache.generation());
        return new Seen(cache, tags(tags, replies.subList(1, replies.size())));
    }

    static Map<String, Marker> tags(Collection<String> tags, List<MetaReply> replies) {
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
                () -> node.all(reads(tags)).then(replies -> {
                    Seen seen = seen(node, tags, replies);
                    return seen.hasAll(tags) ? Reply.ready(seen) : made(node, tags, seen).map(done -> null);
                }));
    }

    /** Makes the markers that are missing, unless somebody else does; a tag's list comes before the marker that names it. */
    Reply<List<MetaReply>> made(Node node, Collection<String> tags, Seen seen) {
        List<MetaRequest> adds = new ArrayList<>();
        if (seen.cache() == null) {
            adds.add(MetaRequest.set(names.marker(), Marker.encode(Marker.newGeneration(), true), ADD));
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

    /** Returns what ends every entry and every lease on a node. */
    MetaRequest renew() {
        return MetaRequest.set(names.marker(), Marker.encode(Marker.newGeneration(), false), SET);
    }

    /** Returns what gives the cache's marker another CAS, and leaves it as it is. */
    MetaRequest bump() {
        return MetaRequest.set(names.marker(), new byte[0], MetaFlags.NONE.with('M', "A"));
    }
}
