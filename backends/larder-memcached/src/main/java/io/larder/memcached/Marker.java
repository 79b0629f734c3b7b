package io.larder.memcached;

import io.larder.memcached.client.MetaReply;
import java.nio.ByteBuffer;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * What says which entries of a cache, or of a tag, still count on a server: those that were written under its generation. Immutable.
 *
 * @param isBorn whether a store made it, because there was none, and not an invalidation
 * @param cas when it was written, among all that this server process has stored
 */
record Marker(long generation, boolean isBorn, long cas) {

    private static final byte BORN = 'b';
    private static final byte CHANGED = 'c';

    static byte[] encode(long generation, boolean isBorn) {
        return ByteBuffer.allocate(1 + Long.BYTES)
                .put(isBorn ? BORN : CHANGED)
                .putLong(generation)
                .array();
    }

    /** Returns the marker that was read, or null where there is none; what somebody else put there is none. */
    static @Nullable Marker of(MetaReply reply) {
        byte[] value = reply.value();
        return value == null || value.length != 1 + Long.BYTES
                ? null
                : new Marker(ByteBuffer.wrap(value).getLong(1), value[0] == BORN, reply.cas());
    }

    /** Returns a generation that nobody has had; never 0. */
    static long newGeneration() {
        long generation = ThreadLocalRandom.current().nextLong();
        return generation == 0 ? 1 : generation;
    }

    /** Returns whether it was written before something else on the same server. */
    boolean isBefore(long otherCas) {
        return Long.compareUnsigned(cas, otherCas) < 0;
    }
}
