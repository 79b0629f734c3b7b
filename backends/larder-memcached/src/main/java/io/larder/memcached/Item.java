package io.larder.memcached;

import io.larder.CodecException;
import io.larder.codec.Frame;
import io.larder.codec.KeyBytes;
import io.larder.spi.Entry;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What stands at an entry's name: an entry with the generations it was written under, a hole that a load is going to fill, or a hole in
 * front of the entry that it is to replace. Immutable, if nobody changes its arrays.
 *
 * <p>A magic number, flags, the cache's generation, the write's number, the tags' generations in the order of {@link Tags#sorted}, the hole,
 * the frame.
 */
final class Item {

    private static final byte MAGIC = (byte) 0x9D;
    private static final int HOLE = 1;
    private static final int FRAME = 2;
    private static final int CHUNKED = 4;
    private static final int HEADER_BYTES = 2 + Long.BYTES + Integer.BYTES + Integer.BYTES;
    private static final long[] NO_TAGS = {};

    private final int flags;
    private final long generation;
    private final int writeId;
    private final long[] tagGenerations;
    private final @Nullable Hole hole;
    private final byte[] bytes;
    /** Where the frame begins in the bytes, and ends with them. */
    private final int frameAt;

    /**
     * A lease on the key.
     *
     * @param token of the load that holds it
     * @param key the key where its hash is the name and no frame tells it, else empty
     * @param leaseSeconds how long it holds it
     * @param ttlSeconds how long the server was told to keep the item, so that what is left tells the age of the lease
     */
    record Hole(String token, String key, int leaseSeconds, int ttlSeconds) {}

    private Item(
            int flags,
            long generation,
            int writeId,
            long[] tagGenerations,
            @Nullable Hole hole,
            byte[] bytes,
            int frameAt) {
        this.flags = flags;
        this.generation = generation;
        this.writeId = writeId;
        this.tagGenerations = tagGenerations;
        this.hole = hole;
        this.bytes = bytes;
        this.frameAt = frameAt;
    }

    static Item entry(long generation, int writeId, long[] tagGenerations, byte[] frame) {
        return new Item(FRAME, generation, writeId, tagGenerations, null, frame, 0);
    }

    static Item hole(long generation, Hole hole) {
        return new Item(HOLE, generation, 0, NO_TAGS, hole, new byte[0], 0);
    }

    /** Returns the hole alone, or this entry behind it. */
    Item behind(Hole hole) {
        return new Item(flags | HOLE, generation, writeId, tagGenerations, hole, bytes, frameAt);
    }

    /** Returns the entry without the hole in front of it. */
    Item withoutHole() {
        return new Item(flags & ~HOLE, generation, writeId, tagGenerations, null, bytes, frameAt);
    }

    /** Returns this with the frame's parts under names of their own, and {@code head} in its place, which tells how many they are. */
    Item chunked(byte[] head) {
        return new Item(flags | CHUNKED, generation, writeId, tagGenerations, hole, head, 0);
    }

    /** Returns this with its frame, joined of the parts. */
    Item joined(byte[] frame) {
        return new Item(flags & ~CHUNKED, generation, writeId, tagGenerations, hole, frame, 0);
    }

    long generation() {
        return generation;
    }

    /** Returns the write's number, which also stands beside the item and so tells it without its value; 0 where there is no entry. */
    int writeId() {
        return writeId;
    }

    long[] tagGenerations() {
        return tagGenerations;
    }

    @Nullable
    Hole hole() {
        return hole;
    }

    boolean hasFrame() {
        return (flags & FRAME) != 0;
    }

    boolean isChunked() {
        return (flags & CHUNKED) != 0;
    }

    byte[] frame() {
        return frameAt == 0 ? bytes : Arrays.copyOfRange(bytes, frameAt, bytes.length);
    }

    /** Returns the entry in the frame, as {@link Frame#decode(byte[], String, String)} does. */
    Entry<byte[]> entry(String codec, @Nullable String expectedKey) {
        return Frame.decode(bytes, frameAt, codec, expectedKey);
    }

    byte[] encode() {
        byte[] token = hole == null ? new byte[0] : KeyBytes.encode(hole.token());
        byte[] key = hole == null ? new byte[0] : KeyBytes.encode(hole.key());
        int holeBytes = hole == null ? 0 : 4 * Integer.BYTES + token.length + key.length;
        ByteBuffer out = ByteBuffer.allocate(
                HEADER_BYTES + tagGenerations.length * Long.BYTES + holeBytes + bytes.length - frameAt);
        out.put(MAGIC).put((byte) flags).putLong(generation).putInt(writeId).putInt(tagGenerations.length);
        for (long each : tagGenerations) {
            out.putLong(each);
        }
        if (hole != null) {
            out.putInt(hole.leaseSeconds())
                    .putInt(hole.ttlSeconds())
                    .putInt(token.length)
                    .put(token)
                    .putInt(key.length)
                    .put(key);
        }
        return out.put(bytes, frameAt, bytes.length - frameAt).array();
    }

    /** Returns the item in {@code value}, or null for what Larder has not written. */
    static @Nullable Item decode(byte[] value) {
        if (value.length < HEADER_BYTES || value[0] != MAGIC) {
            return null;
        }
        ByteBuffer in = ByteBuffer.wrap(value).position(1);
        try {
            int flags = in.get();
            if ((flags & ~(HOLE | FRAME | CHUNKED)) != 0) {
                return null;
            }
            long generation = in.getLong();
            int writeId = in.getInt();
            int tags = length(in, Long.BYTES);
            long[] tagGenerations = tags == 0 ? NO_TAGS : new long[tags];
            for (int i = 0; i < tagGenerations.length; i++) {
                tagGenerations[i] = in.getLong();
            }
            Hole hole = null;
            if ((flags & HOLE) != 0) {
                int leaseSeconds = in.getInt();
                int ttlSeconds = in.getInt();
                hole = new Hole(text(in), text(in), leaseSeconds, ttlSeconds);
            }
            return new Item(flags, generation, writeId, tagGenerations, hole, value, in.position());
        } catch (BufferUnderflowException | CodecException damaged) {
            return null;
        }
    }

    /** Returns a number of parts, which is no larger than what is left has room for. */
    private static int length(ByteBuffer in, int partBytes) {
        int length = in.getInt();
        if (length < 0 || length > in.remaining() / partBytes) {
            throw new BufferUnderflowException();
        }
        return length;
    }

    private static String text(ByteBuffer in) {
        byte[] text = new byte[length(in, 1)];
        in.get(text);
        return KeyBytes.decode(text);
    }
}
