package io.larder.bench.memory;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** The keys, and the order in which they are asked for. Always the same, so that runs can be compared. */
final class Keys {

    static final int COUNT = 100_000;
    static final double SKEW = 0.99;
    /** A power of two, so that a cursor wraps with a mask; long enough for a tail, short enough to be prefetched. */
    static final int TRACE = 1 << 18;

    private static final long SEED = 42;

    private Keys() {}

    /** Returns the keys in no order, so that the popular ones are not neighbours in memory. */
    static String[] all() {
        String[] keys = new String[COUNT];
        Arrays.setAll(keys, number -> "user:" + (1_000_000 + number));
        List<String> shuffled = Arrays.asList(keys);
        Collections.shuffle(shuffled, new Random(SEED));
        return keys;
    }

    /** Returns a trace over {@code keys}, whose popularity falls with their position as Zipf's law says. */
    static String[] zipf(String[] keys) {
        double[] cumulated = new double[keys.length];
        double sum = 0;
        for (int rank = 0; rank < keys.length; rank++) {
            sum += 1 / Math.pow(rank + 1, SKEW);
            cumulated[rank] = sum;
        }
        Random random = new Random(SEED);
        String[] trace = new String[TRACE];
        for (int step = 0; step < TRACE; step++) {
            int found = Arrays.binarySearch(cumulated, random.nextDouble() * sum);
            trace[step] = keys[found < 0 ? -found - 1 : found];
        }
        return trace;
    }
}
