package io.larder.codec;

import io.larder.CodecException;
import io.larder.spi.Codec;
import java.nio.charset.StandardCharsets;

/**
 * Integers as decimal digits, the form in which every byte backend keeps counters: Redis and memcached count in it, and JSON reads
 * it. Has no state.
 */
public final class DecimalCodec implements Codec<Long, byte[]> {

    private static final int DIGITS_MAX = 20;

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
}
