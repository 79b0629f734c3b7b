package io.larder.memcached;

import io.larder.CodecException;
import io.larder.codec.ZlibProvider;
import io.larder.spi.Codec;
import io.larder.url.Parameters;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Values as pymemcache and pylibmc mark them by their flags: what is no pickle becomes the shortest one of it, and what the codec has
 * written is either a pickle or an integer in digits. Has no state.
 */
final class PymemcacheValue {

    private static final int BYTES = 0;
    private static final int PICKLE = 1;
    private static final int INTEGER = 2;
    private static final int LONG = 4;
    /** A bit beside the others, for what is compressed by zlib. */
    private static final int COMPRESSED = 8;

    private static final int TEXT = 16;
    /** What every pickle that is written begins with. */
    private static final int PROTO = 0x80;

    private static final Codec<byte[], byte[]> ZLIB = new ZlibProvider().open(Parameters.NONE.and("bare", "true"));

    private PymemcacheValue() {}

    static byte[] pickle(byte[] value, int flags) {
        if ((flags & COMPRESSED) != 0) {
            return pickle(ZLIB.decode(value), flags - COMPRESSED);
        }
        return switch (flags) {
            case PICKLE -> value;
            // A counter that got shorter leaves spaces behind.
            case INTEGER, LONG -> {
                String digits = new String(value, StandardCharsets.ISO_8859_1).stripTrailing();
                yield ("I" + digits + "\n.").getBytes(StandardCharsets.ISO_8859_1);
            }
            case TEXT -> pickle('X', value);
            case BYTES -> pickle('B', value);
            default ->
                throw new CodecException(
                        "The value has flags " + flags + ", and pymemcache's 0, 1, 2, 4, 16 and those and 8 are read",
                        null);
        };
    }

    private static byte[] pickle(char instruction, byte[] value) {
        ByteArrayOutputStream pickle = new ByteArrayOutputStream(value.length + 8);
        pickle.writeBytes(new byte[] {(byte) PROTO, 3, (byte) instruction});
        pickle.writeBytes(ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value.length)
                .array());
        pickle.writeBytes(value);
        pickle.write('.');
        return pickle.toByteArray();
    }

    static int flags(byte[] value) {
        return value.length > 0 && (value[0] & 0xFF) == PROTO ? PICKLE : INTEGER;
    }
}
