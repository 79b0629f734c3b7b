package io.larder.redis;

import io.larder.codec.KeyBytes;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The lease on a key, as it stands in the entry's place: whatever writes or removes the entry ends it.
 *
 * <p>Three bytes that no frame begins with, the size of the token, when the lease ends by the server's clock (0: when the server drops the
 * key), the epoch at which it was granted (0: not told yet), the token, and then the frame that the lease is to replace, if it is still
 * kept. common.lua reads it too.
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Hole(String token, boolean endsWithKey, long epoch, byte @Nullable [] before) {

    private static final byte[] MAGIC = {(byte) 0x9C, 'H', 1};
    private static final int SIZE_AT = MAGIC.length;
    private static final int ENDS_AT = SIZE_AT + Short.BYTES;
    private static final int EPOCH_AT = ENDS_AT + Long.BYTES;
    private static final int TOKEN_AT = EPOCH_AT + Long.BYTES;
    private static final int TOKEN_BYTES_MAX = 0xffff;

    /** Returns the bytes of one over no frame. */
    static byte[] bytes(byte[] token) {
        if (token.length > TOKEN_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "token must have at most " + TOKEN_BYTES_MAX + " bytes, had " + token.length);
        }
        return ByteBuffer.allocate(TOKEN_AT + token.length)
                .put(MAGIC)
                .putShort((short) token.length)
                .put(TOKEN_AT, token)
                .array();
    }

    static boolean isIn(byte[] value) {
        return value.length >= TOKEN_AT && beginsIn(value);
    }

    /** Returns whether these first bytes of a value are those of a hole. */
    static boolean beginsIn(byte[] start) {
        return Arrays.equals(start, 0, Math.min(start.length, MAGIC.length), MAGIC, 0, MAGIC.length);
    }

    /** Returns the one in {@code value}, where {@link #isIn} is true. */
    static Hole in(byte[] value) {
        int end = Math.min(value.length, TOKEN_AT + (ByteBuffer.wrap(value).getShort(SIZE_AT) & 0xffff));
        return new Hole(
                KeyBytes.decode(Arrays.copyOfRange(value, TOKEN_AT, end)),
                ByteBuffer.wrap(value).getLong(ENDS_AT) == 0,
                ByteBuffer.wrap(value).getLong(EPOCH_AT),
                end == value.length ? null : Arrays.copyOfRange(value, end, value.length));
    }
}
