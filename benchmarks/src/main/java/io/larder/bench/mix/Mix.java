package io.larder.bench.mix;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The workload of python-diskcache's benchmark: get, set and delete of few keys, mixed at random as 100 : 10 : 1.
 *
 * <p>Values have one size, and each key has its own, which nothing can be compressed of. What is read is compared with it, outside
 * the time that is measured. Immutable.
 */
final class Mix {

    /** How many keys there are. */
    static final int KEYS = 100;

    /** The first calls of a caller are not counted, one in so many. */
    private static final int WARMUP_SHARE = 100;
    /** Of the gets; some nine in ten are expected, because sets and deletes are mixed nine to one. */
    private static final double HITS_MIN = 0.5;
    /** Fewer gets than this say nothing about hits. */
    private static final int GETS_MIN = 100;

    private final int operations;
    private final List<byte[]> values;

    Mix(int operations, int valueBytes) {
        this.operations = operations;
        this.values =
                IntStream.range(0, KEYS).mapToObj(key -> value(key, valueBytes)).toList();
    }

    private static byte[] value(int key, int valueBytes) {
        byte[] value = new byte[valueBytes];
        new Random(key).nextBytes(value);
        return value;
    }

    /** Stores all keys. */
    void fill(Engine engine) {
        for (int key = 0; key < KEYS; key++) {
            engine.put(name(key), values.get(key));
        }
    }

    /** Makes the calls of one caller; the seed says which. */
    Timings run(Engine engine, long seed) {
        Timings timings = new Timings();
        Random random = new Random(seed);
        int gets = 0;
        int hits = 0;
        for (int count = 0; count < operations; count++) {
            int key = random.nextInt(KEYS);
            String name = name(key);
            byte[] value = values.get(key);
            MixCall call = MixCall.of(random.nextDouble());
            byte[] found = null;
            long start = System.nanoTime();
            switch (call) {
                case GET -> found = engine.get(name);
                case SET -> engine.put(name, value);
                case DELETE -> engine.remove(name);
            }
            long nanos = System.nanoTime() - start;
            if (call == MixCall.GET) {
                gets++;
                hits += isHit(name, found, value) ? 1 : 0;
            }
            if (count >= operations / WARMUP_SHARE) {
                timings.add(call, nanos);
            }
        }
        if (gets >= GETS_MIN && hits < gets * HITS_MIN) {
            throw new IllegalStateException(hits + " of " + gets + " gets found a value where most were expected to."
                    + " These gets cannot be compared");
        }
        return timings;
    }

    private static boolean isHit(String name, byte @Nullable [] found, byte[] value) {
        if (found != null && !Arrays.equals(found, value)) {
            throw new IllegalStateException("Key '" + name + "' had a value of " + found.length
                    + " bytes that was never put. Its reads cannot be compared");
        }
        return found != null;
    }

    private static String name(int key) {
        return "key-" + key;
    }
}
