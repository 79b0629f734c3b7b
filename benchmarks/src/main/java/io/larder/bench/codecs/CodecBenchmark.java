package io.larder.bench.codecs;

import io.larder.spi.Codec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Encodes and decodes an order. */
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class CodecBenchmark {

    /** Who is measured. */
    @Param
    public CodecPeer peer;

    /** What the order takes as JSON. */
    @Param({"200", "2048", "51200"})
    public int valueBytes;

    private Codec<Order, byte[]> codec;
    private Order order;
    private byte[] encoded;

    /** Makes the order and its bytes. */
    @Setup
    public void prepare() {
        codec = peer.open();
        order = Order.ofBytes(valueBytes);
        encoded = encoded(peer, codec, order);
    }

    /** Returns the bytes, of which the same order must come back. */
    static byte[] encoded(CodecPeer peer, Codec<Order, byte[]> codec, Order order) {
        byte[] encoded = codec.encode(order);
        if (!codec.decode(encoded).equals(order)) {
            throw new IllegalStateException(
                    peer.label() + " did not return the order that it had encoded. Correct it before measuring it");
        }
        return encoded;
    }

    /** Makes bytes of the order. */
    @Benchmark
    public byte[] encode() {
        return codec.encode(order);
    }

    /** Makes an order of the bytes. */
    @Benchmark
    public Order decode() {
        return codec.decode(encoded);
    }
}
