package io.larder.bench.codecs;

import static java.util.Objects.requireNonNull;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** How many bytes each codec makes of the values of each size. */
record EncodedBytes(Map<Integer, Map<CodecPeer, Integer>> bytes) {

    /** Encodes all of them, and sees that each comes back. */
    static EncodedBytes all() {
        Map<Integer, Map<CodecPeer, Integer>> all = new HashMap<>();
        for (int valueBytes : CodecRounds.VALUE_BYTES) {
            Map<CodecPeer, Integer> sizes = new EnumMap<>(CodecPeer.class);
            Order order = Order.ofBytes(valueBytes);
            for (CodecPeer peer : CodecPeer.values()) {
                sizes.put(peer, CodecBenchmark.encoded(peer, peer.open(), order).length);
            }
            all.put(valueBytes, sizes);
        }
        return new EncodedBytes(all);
    }

    int of(int valueBytes, CodecPeer peer) {
        return requireNonNull(requireNonNull(bytes.get(valueBytes)).get(peer));
    }
}
