package io.larder.codec;

import io.larder.CodecException;
import io.larder.spi.Codec;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Integers as decimal digits, the form in which every byte backend keeps counters: Redis and memcached count in it, and JSON reads
 * it. Has no state.
 */
public final class DecimalCodec implements Codec<Long, byte[]> {

    private static final int DIGITS_MAX = 20;
    private static final byte[] LARGEST = "9223372036854775807".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SMALLEST = "9223372036854775808".getBytes(StandardCharsets.US_ASCII);

    /** Makes one. */
    public DecimalCodec() {}

    @Override
    public byte[] encode(Long value) {
        return Long.toString(value).getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public Long decode(byte[] encoded) {
        if (encoded.length <= DIGITS_MAX) {
            try {
                return Long.valueOf(new String(encoded, StandardCharsets.US_ASCII));
            } catch (NumberFormatException e) {
                throw new CodecException("The " + encoded.length + " bytes are not a decimal integer of 64 bits", e);
            }
        }
        throw new CodecException("The " + encoded.length + " bytes are not a decimal integer of 64 bits", null);
    }

    /** Returns whether the bytes from {@code from} to the end are as {@link #encode} writes an integer: no plus, no leading zero. */
    static boolean isCanonical(byte[] bytes, int from) {
        boolean negative = from < bytes.length && bytes[from] == '-';
        int first = negative ? from + 1 : from;
        int digits = bytes.length - first;
        if (digits < 1 || digits > LARGEST.length) {
            return false;
        }
        for (int i = first; i < bytes.length; i++) {
            if (bytes[i] < '0' || bytes[i] > '9') {
                return false;
            }
        }
        if (bytes[first] == '0') {
            return digits == 1 && !negative;
        }
        byte[] limit = negative ? SMALLEST : LARGEST;
        return digits < limit.length || Arrays.compare(bytes, first, bytes.length, limit, 0, limit.length) <= 0;
    }
}
