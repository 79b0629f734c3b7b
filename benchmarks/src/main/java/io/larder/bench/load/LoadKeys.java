package io.larder.bench.load;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** The keys that all peers use, each behind a prefix of its own. Thread-safe. */
public final class LoadKeys {

    /** How many keys there are. */
    public static final int COUNT = 10_000;
    /** How many are read at once. */
    public static final int BULK = 50;
    /** One read-through in so many asks for a key that nobody has asked for yet. */
    public static final int MISS_EVERY = 20;

    private static final long SEED = 42;

    private final String prefix;
    private final List<String> keys;
    /** Twice all keys, so that a bulk that starts near the end wraps. */
    private final List<String> ring;

    private final AtomicLong fresh = new AtomicLong();

    LoadKeys(String prefix) {
        this.prefix = prefix;
        List<String> all = new ArrayList<>();
        for (int number = 0; number < COUNT; number++) {
            all.add(prefix + "key-" + number);
        }
        // So that neighbours in a bulk are not neighbours by name.
        Collections.shuffle(all, new Random(SEED));
        keys = List.copyOf(all);
        all.addAll(keys);
        ring = List.copyOf(all);
    }

    List<String> all() {
        return keys;
    }

    String any(Random random) {
        return keys.get(random.nextInt(COUNT));
    }

    /** Returns {@link #BULK} different keys. */
    List<String> bulk(Random random) {
        int start = random.nextInt(COUNT);
        return ring.subList(start, start + BULK);
    }

    /** Returns a key that is in no cache. */
    String fresh() {
        return prefix + "new-" + fresh.incrementAndGet();
    }
}
