package io.larder.spi;

/** A codec and a stage after it. As thread-safe as they are. */
record ChainCodec<A, B, C>(Codec<A, B> first, Codec<B, C> second) implements Codec<A, C> {

    @Override
    public C encode(A value) {
        return second.encode(first.encode(value));
    }

    @Override
    public A decode(C encoded) {
        return first.decode(second.decode(encoded));
    }

    @Override
    public Codec<A, C> boundTo(String place) {
        Codec<A, B> firstBound = first.boundTo(place);
        Codec<B, C> secondBound = second.boundTo(place);
        return firstBound == first && secondBound == second ? this : new ChainCodec<>(firstBound, secondBound);
    }
}
