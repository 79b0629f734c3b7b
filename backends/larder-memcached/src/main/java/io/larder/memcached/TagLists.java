package io.larder.memcached;

import io.larder.memcached.client.MetaFlags;
import io.larder.memcached.client.MetaReply;
import io.larder.memcached.client.MetaRequest;
import io.larder.spi.Entry;
import io.larder.spi.Lifetime;
import io.larder.spi.Reply;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Enters what is stored into the lists of its tags. Thread-safe. */
final class TagLists {

    private static final MetaFlags APPEND = MetaFlags.NONE.with('M', "A");
    private static final MetaFlags ADD = MetaFlags.NONE.with('M', "E");
    private static final MetaFlags SIZE = MetaFlags.of("s");

    private final ItemNames names;
    private final Markers markers;

    TagLists(ItemNames names, Markers markers) {
        this.names = names;
        this.markers = markers;
    }

    /** What one call adds to lists, by their tags. Confined to one thread. */
    static final class Additions {

        private final Seen seen;
        private final Map<String, ByteArrayOutputStream> members = new TreeMap<>();

        Additions(Seen seen) {
            this.seen = seen;
        }

        void add(String key, Item item, Entry<byte[]> entry) {
            if (entry.tags().isEmpty()) {
                return;
            }
            Lifetime lifetime = entry.lifetime();
            byte[] member = new TagList.Member(
                            key,
                            item.writeId(),
                            item.generation(),
                            lifetime.freshUntilMillis(),
                            lifetime.keepUntilMillis())
                    .encode();
            entry.tags()
                    .forEach(tag -> members.computeIfAbsent(tag, first -> new ByteArrayOutputStream())
                            .writeBytes(member));
        }

        private long generation(String tag) {
            Marker marker = seen.tags().get(tag);
            return marker == null ? 0 : marker.generation();
        }
    }

    /** Adds to the lists and then does the rest, in one round trip; returns the replies to the rest. */
    Reply<List<MetaReply>> add(Node node, Additions additions, List<MetaRequest> rest, List<MetaRequest> shared) {
        if (additions.members.isEmpty()) {
            return node.all(rest, shared);
        }
        List<MetaRequest> requests = new ArrayList<>(additions.members.size() + rest.size());
        additions.members.forEach((tag, members) ->
                requests.add(MetaRequest.set(names.tagList(additions.generation(tag)), members.toByteArray(), APPEND)));
        int appends = requests.size();
        requests.addAll(rest);
        return node.replies(requests, shared).then(replies -> {
            List<MetaReply> answers = node.accepted(replies.subList(appends, replies.size()));
            List<Reply<List<MetaReply>>> repairs = new ArrayList<>();
            int i = 0;
            for (String tag : additions.members.keySet()) {
                if (!replies.get(i++).done()) {
                    repairs.add(repaired(node, tag, additions.generation(tag)));
                }
            }
            return repairs.isEmpty() ? Reply.ready(answers) : Reply.all(repairs).map(done -> answers);
        });
    }

    /** A list that is missing although its tag's marker still names it was evicted; one that is there is full. */
    private Reply<List<MetaReply>> repaired(Node node, String tag, long generation) {
        byte[] list = names.tagList(generation);
        return node.all(List.of(markers.read(tag), MetaRequest.get(list, SIZE))).then(replies -> {
            Marker marker = Marker.of(replies.get(0));
            if (marker == null || marker.generation() != generation) {
                return Reply.ready(List.of());
            }
            return node.all(List.of(
                    MetaRequest.set(list, TagList.empty(false), replies.get(1).done() ? MetaFlags.NONE : ADD)));
        });
    }
}
