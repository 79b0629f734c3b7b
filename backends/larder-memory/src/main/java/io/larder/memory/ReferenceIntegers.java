package io.larder.memory;

import io.larder.CodecException;
import io.larder.spi.Codec;
import java.math.BigInteger;

/** Counters among objects: any integral number is read, a {@code Long} is written. Has no state. */
final class ReferenceIntegers<V> implements Codec<Long, V> {

    @Override
    @SuppressWarnings("unchecked")
    public V encode(Long value) {
        // Only caches whose values are Long, Number or Object have counters.
        return (V) value;
    }

    @Override
    public Long decode(V encoded) {
        if (encoded instanceof Long
                || encoded instanceof Integer
                || encoded instanceof Short
                || encoded instanceof Byte) {
            return ((Number) encoded).longValue();
        }
        if (encoded instanceof BigInteger big && big.bitLength() < Long.SIZE) {
            return big.longValue();
        }
        throw new CodecException("A " + encoded.getClass().getSimpleName() + " is no integer of 64 bits", null);
    }
}
