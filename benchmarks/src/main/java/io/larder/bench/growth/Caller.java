package io.larder.bench.growth;

import io.larder.bench.mix.Engine;
import java.util.List;

/** Asks for one key after the other, again and again, and sees that all are there. Confined to one thread. */
final class Caller {

    private final Engine engine;
    private final List<String> keys;
    private final byte[] value;
    private int next;

    Caller(Engine engine, List<String> keys, byte[] value) {
        this.engine = engine;
        this.keys = keys;
        this.value = value;
    }

    void get() {
        String key = next();
        byte[] found = engine.get(key);
        // A miss is faster than a hit.
        if (found == null || found.length != value.length) {
            throw new IllegalStateException(
                    "Key '" + key + "' is not there as it was put. Its reads cannot be compared");
        }
    }

    void put() {
        engine.put(next(), value);
    }

    private String next() {
        if (next == keys.size()) {
            next = 0;
        }
        return keys.get(next++);
    }
}
