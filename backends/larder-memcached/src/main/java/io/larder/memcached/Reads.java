package io.larder.memcached;

import io.larder.codec.Frame;
import io.larder.memcached.client.MetaFlags;
import io.larder.memcached.client.MetaReply;
import io.larder.memcached.client.MetaRequest;
import io.larder.spi.Entry;
import io.larder.spi.Reply;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads entries together with the markers that decide whether they count. Thread-safe. */
final class Reads {

    /** What somebody asks for who is going to change the item. */
    private static final MetaFlags ALL = MetaFlags.of("vct");
    /** What is enough for who reads. */
    private static final MetaFlags VALUE = MetaFlags.of("v");

    private final ItemNames names;
    private final Markers markers;
    private final Chunks chunks;
    private final String codec;

    Reads(ItemNames names, Markers markers, Chunks chunks, String codec) {
        this.names = names;
        this.markers = markers;
        this.chunks = chunks;
        this.codec = codec;
    }

    /** Returns what is at a place, and the markers of {@code tags} beside those of its own. */
    Reply<Sight> sight(Place place, Collection<String> tags) {
        return sights(place.node(), List.of(place), tags).map(sights -> sights.get(0));
    }

    /** Returns the same for who changes nothing of it; callers who ask at the same time share one answer of the server. */
    Reply<Sight> value(Place place) {
        Node node = place.node();
        return node.replies(List.of(MetaRequest.get(place.name(), VALUE)), markers.readGeneration())
                .then(replies -> {
                    MetaReply reply = node.accepted(replies).get(0);
                    Seen seen = markers.seen(node, replies.get(1));
                    Item item = item(reply);
                    if (item == null || !item.isChunked()) {
                        Sight sight = sight(place, reply, item, item, seen);
                        if (!sight.hasTags()) {
                            return Reply.ready(sight);
                        }
                    }
                    return sights(node, List.of(place), replies, seen).map(sights -> sights.get(0));
                });
    }

    /** Returns what is at the places of one node, in one round trip, and a second one if there are tags other than {@code tags}. */
    Reply<List<Sight>> sights(Node node, List<Place> places, Collection<String> tags) {
        return sights(node, places, tags, ALL, markers.read());
    }

    /** Returns the same for who changes nothing of it, which asks less of the server. */
    Reply<List<Sight>> values(Node node, List<Place> places) {
        return sights(node, places, Set.of(), VALUE, markers.readGeneration());
    }

    private Reply<List<Sight>> sights(
            Node node, List<Place> places, Collection<String> tags, MetaFlags flags, List<MetaRequest> marker) {
        List<MetaRequest> requests = new ArrayList<>(places.size() + tags.size());
        places.forEach(place -> requests.add(MetaRequest.get(place.name(), flags)));
        requests.addAll(markers.reads(tags));
        return node.all(requests, marker).then(replies -> {
            int count = requests.size();
            Seen seen = markers.seen(node, tags, replies.subList(places.size(), count), replies.get(count));
            return sights(node, places, replies, seen);
        });
    }

    /** Returns what the first of the replies tell about the places, in one round trip more if there are parts or tags to read. */
    private Reply<List<Sight>> sights(Node node, List<Place> places, List<MetaReply> replies, Seen seen) {
        List<@Nullable Item> items = new ArrayList<>(places.size());
        for (MetaReply reply : replies.subList(0, places.size())) {
            items.add(item(reply));
        }
        return chunks.joined(node, places, items).then(whole -> {
            List<Sight> sights = new ArrayList<>(places.size());
            for (int i = 0; i < places.size(); i++) {
                sights.add(sight(places.get(i), replies.get(i), items.get(i), whole.get(i), seen));
            }
            return withTags(node, sights, seen);
        });
    }

    private static @Nullable Item item(MetaReply reply) {
        byte[] value = reply.value();
        return value == null ? null : Item.decode(value);
    }

    private Sight sight(Place place, MetaReply reply, @Nullable Item item, @Nullable Item whole, Seen seen) {
        byte[] value = reply.value();
        if (item == null) {
            return new Sight(place, reply, null, value == null ? null : Frame.decode(value, codec, null), seen);
        }
        Place found = place.isKeyKnown() ? place : known(place, item, whole);
        Entry<byte[]> claimed = null;
        if (item.hasFrame() && whole != null && seen.isCurrent(item.generation())) {
            claimed = whole.entry(codec, names.isHashed(place.name()) ? found.key() : null);
        }
        return new Sight(found, reply, item, claimed, seen);
    }

    /** Looks into the item for a key that its name does not tell. */
    private static Place known(Place place, Item item, @Nullable Item whole) {
        Item.Hole hole = item.hole();
        String key = hole == null || item.hasFrame() ? null : hole.key();
        if (key == null && whole != null) {
            key = Frame.key(whole.frame());
        }
        return key == null ? place : Place.of(key, place.name(), place.node());
    }

    private Reply<List<Sight>> withTags(Node node, List<Sight> sights, Seen seen) {
        Set<String> more = new TreeSet<>();
        for (Sight sight : sights) {
            Entry<byte[]> entry = sight.claimed();
            if (entry != null && !entry.tags().isEmpty()) {
                more.addAll(entry.tags());
            }
        }
        more.removeAll(seen.tags().keySet());
        return more.isEmpty()
                ? Reply.ready(sights)
                : node.all(markers.reads(more)).map(replies -> {
                    Seen all = seen.with(Markers.tags(more, replies));
                    return sights.stream().map(sight -> sight.with(all)).toList();
                });
    }
}
