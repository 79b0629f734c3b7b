package io.larder.memcached;

import io.larder.BackendException;
import io.larder.memcached.client.MetaFlags;
import io.larder.memcached.client.MetaReply;
import io.larder.memcached.client.MetaRequest;
import io.larder.spi.Entry;
import io.larder.spi.Reply;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Splits frames that are larger than a server's items, and joins them again. Thread-safe.
 *
 * <p>The parts are stored before the item that tells their number, under names with the write's number in them; so they are all of one
 * write, or some are missing, and then the entry is.
 */
final class Chunks {

    /** What every server takes, whatever its limit. */
    private static final int SURE_BYTES = 768;
    /** What a server, a name and a lease add to a frame. */
    private static final int MARGIN_BYTES = 1_024;
    /** Smaller than what a server has to split itself. */
    private static final int PART_BYTES_MAX = 512 * 1_024 - MARGIN_BYTES;

    private final ItemNames names;
    private final boolean splits;

    /** An item that fits, and what has to be stored before it. */
    record Parts(Item head, List<MetaRequest> sets) {}

    Chunks(ItemNames names, boolean splits) {
        this.names = names;
        this.splits = splits;
    }

    /** Returns the limit of a node's items, which only matters and is only asked for where an entry is not small. */
    Reply<Integer> limit(Node node, Iterable<Entry<byte[]>> entries) {
        for (Entry<byte[]> entry : entries) {
            byte[] value = entry.value();
            long size = value == null ? 0 : value.length;
            for (String tag : entry.tags()) {
                size += 3L * tag.length() + 2L * Long.BYTES;
            }
            if (size > SURE_BYTES) {
                return node.itemBytesMax();
            }
        }
        return Reply.ready(Integer.MAX_VALUE);
    }

    /** Splits an item if it has to be. */
    Parts parts(Place place, Item item, long ttlSeconds, int itemBytesMax) {
        byte[] frame = item.frame();
        if (frame.length <= itemBytesMax - MARGIN_BYTES - item.tagGenerations().length * Long.BYTES
                || frame.length <= SURE_BYTES) {
            return new Parts(item, List.of());
        }
        if (!splits) {
            throw BackendException.lasting(
                    "Cannot store key '" + ItemWriter.shortened(place.key()) + "': with its tags it takes "
                            + frame.length
                            + " bytes, and memcached at " + place.node() + " keeps items of " + itemBytesMax
                            + " with their names. Start it with a higher limit (-I), split the value, or let Larder do it with "
                            + "'chunk=true'",
                    null);
        }
        int partBytes = Math.min(PART_BYTES_MAX, Math.max(SURE_BYTES, itemBytesMax / 2));
        List<MetaRequest> sets = new ArrayList<>();
        for (int from = 0; from < frame.length; from += partBytes) {
            sets.add(MetaRequest.set(
                    names.chunk(place.name(), item.writeId(), sets.size()),
                    Arrays.copyOfRange(frame, from, Math.min(frame.length, from + partBytes)),
                    MetaFlags.NONE.with('T', ttlSeconds)));
        }
        byte[] head = ByteBuffer.allocate(2 * Integer.BYTES)
                .putInt(frame.length)
                .putInt(sets.size())
                .array();
        return new Parts(item.chunked(head), sets);
    }

    /** Returns the items with whole frames, null where a part is missing; in one round trip more if any is split. */
    Reply<List<@Nullable Item>> joined(Node node, List<Place> places, List<@Nullable Item> items) {
        List<MetaRequest> gets = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            if (item != null && item.isChunked()) {
                for (int part = 0; part < count(item); part++) {
                    gets.add(MetaRequest.get(
                            names.chunk(places.get(i).name(), item.writeId(), part), MetaFlags.of("v")));
                }
            }
        }
        if (gets.isEmpty()) {
            return Reply.ready(items);
        }
        return node.all(gets).map(replies -> {
            List<@Nullable Item> whole = new ArrayList<>(items.size());
            int next = 0;
            for (Item item : items) {
                if (item == null || !item.isChunked()) {
                    whole.add(item);
                } else {
                    byte[] frame = joined(item, replies.subList(next, next + count(item)));
                    whole.add(frame == null ? null : item.joined(frame));
                    next += count(item);
                }
            }
            return whole;
        });
    }

    private static byte @Nullable [] joined(Item head, List<MetaReply> replies) {
        long sizeBytes = 0;
        for (MetaReply reply : replies) {
            byte[] part = reply.value();
            sizeBytes += part == null ? 0 : part.length;
        }
        // What was announced is compared with what is there before anything is allocated.
        if (head.frame().length < Integer.BYTES
                || sizeBytes != ByteBuffer.wrap(head.frame()).getInt()) {
            return null;
        }
        ByteBuffer frame = ByteBuffer.allocate((int) sizeBytes);
        for (MetaReply reply : replies) {
            byte[] part = reply.value();
            if (part == null) {
                return null;
            }
            frame.put(part);
        }
        return frame.array();
    }

    /** Returns what removes the parts of an item, if it has any. */
    List<MetaRequest> deletes(Sight sight) {
        Item item = sight.item();
        List<MetaRequest> deletes = new ArrayList<>();
        if (item != null && item.isChunked()) {
            for (int part = 0; part < count(item); part++) {
                deletes.add(
                        MetaRequest.delete(names.chunk(sight.place().name(), item.writeId(), part), MetaFlags.NONE));
            }
        }
        return deletes;
    }

    private static int count(Item head) {
        byte[] frame = head.frame();
        int count = frame.length == 2 * Integer.BYTES ? ByteBuffer.wrap(frame).getInt(Integer.BYTES) : 0;
        return count < 0 || count > MemcachedConfig.VALUE_BYTES_MAX / SURE_BYTES + 1 ? 0 : count;
    }
}
