package io.larder.spi;

/**
 * Turns one representation of a value into another and back, usually objects into bytes. Thread-safe.
 *
 * <p>Both methods fail with a {@link io.larder.CodecException} and nothing else, whatever they are given; {@link #decode}
 * bounds what it allocates by the size of its argument. Neither keeps or changes its argument.
 */
public interface Codec<A, B> {

    /** Returns {@code value} in the other representation. */
    B encode(A value);

    /** Returns the value that {@code encoded} represents. */
    A decode(B encoded);

    /**
     * Returns this codec for values that belong to one place, the innermost of the places that it is bound to: what it encodes cannot be
     * decoded elsewhere. Most codecs bind nothing, and return themselves.
     */
    default Codec<A, B> boundTo(String place) {
        return this;
    }

    /** Returns this codec with a stage after it, which encodes what this one has encoded. */
    default <C> Codec<A, C> then(Codec<B, C> stage) {
        return new ChainCodec<>(this, stage);
    }
}
