package io.larder.memcached;

import io.larder.CodecException;
import io.larder.codec.KeyBytes;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who may carry a tag, as one item to which every store appends: for counting, listing and freeing memory. Immutable.
 *
 * <p>It is never what decides whether an entry counts. A list that the server evicted or that outgrew its item is begun anew and says that it
 * is not complete; then all items are looked at instead.
 */
record TagList(boolean isComplete, List<Member> members) {

    private static final byte COMPLETE = 'c';
    private static final byte INCOMPLETE = 'i';

    /**
     * An entry as one write left it.
     *
     * @param generation of the cache
     */
    record Member(String key, int writeId, long generation, long freshUntilMillis, long keepUntilMillis) {

        byte[] encode() {
            byte[] bytes = KeyBytes.encode(key);
            return ByteBuffer.allocate(2 * Integer.BYTES + 3 * Long.BYTES + bytes.length)
                    .putInt(bytes.length)
                    .put(bytes)
                    .putInt(writeId)
                    .putLong(generation)
                    .putLong(freshUntilMillis)
                    .putLong(keepUntilMillis)
                    .array();
        }
    }

    static byte[] empty(boolean isComplete) {
        return new byte[] {isComplete ? COMPLETE : INCOMPLETE};
    }

    byte[] encode() {
        byte[][] parts = members.stream().map(Member::encode).toArray(byte[][]::new);
        int size = 1;
        for (byte[] part : parts) {
            size += part.length;
        }
        ByteBuffer out = ByteBuffer.allocate(size).put(isComplete ? COMPLETE : INCOMPLETE);
        for (byte[] part : parts) {
            out.put(part);
        }
        return out.array();
    }

    /** Returns the list in {@code value}; what cannot be read, or is not there, is a list that is not complete. */
    static TagList decode(byte @Nullable [] value) {
        List<Member> members = new ArrayList<>();
        if (value == null || value.length == 0 || (value[0] != COMPLETE && value[0] != INCOMPLETE)) {
            return new TagList(false, members);
        }
        ByteBuffer in = ByteBuffer.wrap(value).position(1);
        try {
            while (in.hasRemaining()) {
                int length = in.getInt();
                if (length < 0 || length > in.remaining()) {
                    throw new BufferUnderflowException();
                }
                byte[] key = new byte[length];
                in.get(key);
                members.add(new Member(KeyBytes.decode(key), in.getInt(), in.getLong(), in.getLong(), in.getLong()));
            }
        } catch (BufferUnderflowException | CodecException damaged) {
            return new TagList(false, members);
        }
        return new TagList(value[0] == COMPLETE, members);
    }
}
