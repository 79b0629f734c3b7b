package io.larder.codec;

import io.larder.spi.Codec;

/** Bytes as they are, copied, so that neither side sees what the other does to its array. Has no state. */
public final class BytesCodec implements Codec<byte[], byte[]> {

    /** Makes one. */
    public BytesCodec() {}

    @Override
    public byte[] encode(byte[] value) {
        return value.clone();
    }

    @Override
    public byte[] decode(byte[] encoded) {
        return encoded.clone();
    }
}
