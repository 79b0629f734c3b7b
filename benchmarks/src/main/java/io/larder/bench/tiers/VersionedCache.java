package io.larder.bench.tiers;

import io.larder.bench.memory.Keys;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A cache whose values begin with their version, and the board that tells which versions there are. As thread-safe as both. */
final class VersionedCache {

    private final TieredCache cache;
    private final Board board;
    private final String[] keys;

    VersionedCache(TieredCache cache, Board board) {
        this.cache = cache;
        this.board = board;
        this.keys = Keys.all(board.keys());
    }

    Board board() {
        return board;
    }

    /** Returns the version that a read of the key shows. */
    long read(int key) {
        return version(keys[key], cache.get(keys[key]));
    }

    /** Puts the next version, and tells when that is done. */
    void write(int key) {
        long version = board.newest(key) + 1;
        cache.put(keys[key], value(version));
        board.acknowledge(key, version);
    }

    static byte[] value(long version) {
        return ByteBuffer.allocate(NearBenchmark.VALUE_BYTES).putLong(version).array();
    }

    static long version(String key, byte @Nullable [] found) {
        if (found == null || found.length != NearBenchmark.VALUE_BYTES) {
            throw new IllegalStateException("Key '" + key + "' had "
                    + (found == null ? "no value" : "a value of " + found.length + " bytes")
                    + " where one had been put. Its reads cannot be compared");
        }
        return ByteBuffer.wrap(found).getLong();
    }
}
