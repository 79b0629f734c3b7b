package io.larder.memcached;

import io.larder.memcached.client.MetaFlags;
import io.larder.memcached.client.MetaReply;
import io.larder.memcached.client.MetaRequest;
import io.larder.spi.Reply;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Which tags of a cache were invalidated on a node lately, for loads whose tags have no marker old enough to tell. Thread-safe.
 *
 * <p>One item to which every invalidation appends a hash of its tag, made before the cache's marker that has its generation. It says since
 * when it is complete, as a CAS; what is older is not known, and when the server evicts it, nothing is.
 */
final class Journal {

    private static final long UNKNOWN = -1;
    private static final int ENTRIES_MAX = 1_024;
    /** One in so many invalidations looks whether it has grown too long. */
    private static final int LOOKS = 64;

    private final ItemNames names;

    Journal(ItemNames names) {
        this.names = names;
    }

    /** Returns what makes the journal of a generation that nobody has used yet. */
    static MetaRequest first(ItemNames names, long generation) {
        return MetaRequest.set(names.journal(generation), header(0), MetaFlags.NONE);
    }

    private static byte[] header(long since) {
        return ByteBuffer.allocate(Long.BYTES).putLong(since).array();
    }

    /** Returns what enters an invalidation. */
    MetaRequest append(long generation, String tag) {
        return MetaRequest.set(names.journal(generation), entry(tag), MetaFlags.NONE.with('M', "A"));
    }

    private MetaRequest read(long generation) {
        return MetaRequest.get(names.journal(generation), Markers.READ);
    }

    private static byte[] entry(String tag) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(tag.hashCode()).array();
    }

    /** Makes a journal if there was none to append to, and a new one if it has grown too long; none for a cache without marker. */
    Reply<@Nullable Void> kept(Node node, long generation, MetaReply appended) {
        if (generation == 0) {
            return Reply.none();
        }
        if (appended.done()) {
            return ThreadLocalRandom.current().nextInt(LOOKS) == 0
                    ? node.one(read(generation)).then(reply -> {
                        byte[] value = reply.value();
                        return value != null && value.length > Long.BYTES + ENTRIES_MAX * Integer.BYTES
                                ? begun(node, generation, reply)
                                : Reply.none();
                    })
                    : Reply.none();
        }
        return node.one(MetaRequest.set(
                        names.journal(generation),
                        header(UNKNOWN),
                        MetaFlags.of("c").with('M', "E")))
                .then(added -> added.done() ? begun(node, generation, added) : Reply.none());
    }

    /** Begins anew what was seen. If somebody wrote to it meanwhile, it stays as it is, which is never wrong. */
    private Reply<@Nullable Void> begun(Node node, long generation, MetaReply seen) {
        return node.one(MetaRequest.set(
                        names.journal(generation), header(seen.cas()), MetaFlags.NONE.with('C', seen.cas())))
                .map(done -> null);
    }

    /** Returns whether it is certain that none of the tags was invalidated after what has this CAS. */
    Reply<Boolean> isQuiet(Node node, long generation, Collection<String> tags, long cas) {
        return node.one(read(generation)).map(reply -> {
            byte[] value = reply.value();
            if (value == null || value.length < Long.BYTES) {
                return false;
            }
            ByteBuffer in = ByteBuffer.wrap(value);
            boolean isQuiet = Long.compareUnsigned(in.getLong(), cas) < 0;
            while (isQuiet && in.remaining() >= Integer.BYTES) {
                int hash = in.getInt();
                isQuiet = tags.stream().noneMatch(tag -> tag.hashCode() == hash);
            }
            return isQuiet;
        });
    }
}
