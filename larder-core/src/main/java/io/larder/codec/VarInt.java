package io.larder.codec;

import io.larder.CodecException;
import java.nio.ByteBuffer;

/** Whole numbers from 0 to 2^31 - 1 in one to five bytes: seven bits each, the lowest first, the top bit says that more follow. */
final class VarInt {

    private static final int BITS = 7;
    private static final int LAST_SHIFT = 28;

    private VarInt() {}

    static int size(int value) {
        int size = 1;
        for (int rest = value >>> BITS; rest != 0; rest >>>= BITS) {
            size++;
        }
        return size;
    }

    static void write(ByteBuffer out, int value) {
        int rest = value;
        while (rest > 0x7F) {
            out.put((byte) (rest | 0x80));
            rest >>>= BITS;
        }
        out.put((byte) rest);
    }

    /** Refuses what {@link #write} cannot have written, padded forms included, so that one number has one form. */
    static int read(ByteBuffer in) {
        int value = 0;
        for (int shift = 0; shift <= LAST_SHIFT && in.hasRemaining(); shift += BITS) {
            int next = in.get();
            value |= (next & 0x7F) << shift;
            if (next >= 0) {
                boolean padded = next == 0 && shift > 0;
                boolean tooLarge = shift == LAST_SHIFT && next > 0x7;
                if (padded || tooLarge) {
                    break;
                }
                return value;
            }
        }
        throw new CodecException(
                "A number before byte " + in.position() + " is cut off or not from 0 to 2^31 - 1", null);
    }
}
