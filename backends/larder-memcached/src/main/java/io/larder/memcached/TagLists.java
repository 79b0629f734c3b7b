package io.larder.memcached;

import io.larder.Clock;
import io.larder.memcached.client.MetaFlags;
import io.larder.memcached.client.MetaReply;
import io.larder.memcached.client.MetaRequest;
import io.larder.spi.Entry;
import io.larder.spi.Lifetime;
import io.larder.spi.Reply;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiFunction;

/** Enters what is stored into the lists of its tags. Thread-safe. */
final class TagLists {

    private static final MetaFlags APPEND = MetaFlags.NONE.with('M', "A");
    private static final MetaFlags ADD = MetaFlags.NONE.with('M', "E");
    private static final MetaFlags SIZE = MetaFlags.of("s");

    /** One in so many stores looks whether a list has outlived most of its members. */
    static final int LOOKS = 128;
    /** The latest records of a key, which may be of stores that are still under way. */
    private static final int LATEST = 2;

    private final ItemNames names;
    private final Markers markers;
    private final Clock clock;

    TagLists(ItemNames names, Markers markers, Clock clock) {
        this.names = names;
        this.markers = markers;
        this.clock = clock;
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
                } else if (ThreadLocalRandom.current().nextInt(LOOKS) == 0) {
                    repairs.add(compacted(node, additions.generation(tag)));
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

    /** Writes a list anew without what is over or was replaced, if that is at least half of it, and nobody writes to it meanwhile. */
    Reply<List<MetaReply>> compacted(Node node, long generation) {
        byte[] list = names.tagList(generation);
        return node.one(MetaRequest.get(list, Markers.READ)).then(read -> {
            TagList found = TagList.decode(read.value());
            Map<String, List<TagList.Member>> byKey = new LinkedHashMap<>();
            for (TagList.Member member : found.members()) {
                if (clock.isBefore(member.keepUntilMillis())) {
                    byKey.computeIfAbsent(member.key(), key -> new ArrayList<>())
                            .add(member);
                }
            }
            if (!found.isComplete() || 2 * byKey.size() > found.members().size()) {
                return Reply.ready(List.of());
            }
            List<String> repeated = byKey.keySet().stream()
                    .filter(key -> byKey.getOrDefault(key, List.of()).size() > LATEST)
                    .toList();
            return node.all(repeated.stream()
                            .map(key -> MetaRequest.get(names.entry(key), MetaFlags.of("f")))
                            .toList())
                    .then(standing -> {
                        for (int i = 0; i < repeated.size(); i++) {
                            byKey.computeIfPresent(
                                    repeated.get(i), keep(standing.get(i).clientFlags()));
                        }
                        List<TagList.Member> kept =
                                byKey.values().stream().flatMap(List::stream).toList();
                        return node.all(List.of(MetaRequest.set(
                                list, new TagList(true, kept).encode(), MetaFlags.NONE.with('C', read.cas()))));
                    });
        });
    }

    private static BiFunction<String, List<TagList.Member>, List<TagList.Member>> keep(int writeId) {
        return (key, members) -> {
            int latest = members.size() - LATEST;
            List<TagList.Member> kept = new ArrayList<>();
            for (int i = 0; i < members.size(); i++) {
                if (i >= latest || members.get(i).writeId() == writeId) {
                    kept.add(members.get(i));
                }
            }
            return kept;
        };
    }
}
