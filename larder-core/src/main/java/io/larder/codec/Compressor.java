package io.larder.codec;

/** A compression method, for {@link CompressionCodec}. Thread-safe. */
public interface Compressor {

    /** Returns {@code bytes} compressed, which may be longer than they are. */
    byte[] compress(byte[] bytes);

    /**
     * Returns what {@code packed} holds from {@code from} to its end, or fails with a {@link io.larder.CodecException} where that is
     * damaged or more than {@code sizeBytesMax}. What {@code packed} says of its size is no reason to allocate.
     */
    byte[] decompress(byte[] packed, int from, int sizeBytesMax);
}
