package io.larder.bench.memory;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** The keys, and the order in which they are asked for. Always the same, so that runs can be compared. */
public final class Keys {

    static final int COUNT = 100_000;
    /** A power of two, so that a cursor wraps with a mask; long enough for a tail, short enough to be prefetched. */
    public static final int TRACE = 1 << 18;

    private static final long SEED = 42;

    private Keys() {}

    /** Returns the keys in no order, so that the popular ones are not neighbours in memory. */
    public static String[] all(int count) {
        String[] keys = new String[count];
        Arrays.setAll(keys, number -> "user:" + (1_000_000 + number));
        List<String> shuffled = Arrays.asList(keys);
        Collections.shuffle(shuffled, new Random(SEED));
        return keys;
    }

    /** Returns a trace over {@code keys}, whose popularity falls with their position as Zipf's law says. */
    public static String[] zipf(String[] keys) {
        return Arrays.stream(zipf(keys.length))
                .mapToObj(position -> keys[position])
                .toArray(String[]::new);
    }

    /** Returns the positions that such a trace visits. */
    public static int[] zipf(int count) {
        Zipf zipf = new Zipf(count);
        Random random = new Random(SEED);
        int[] trace = new int[TRACE];
        Arrays.setAll(trace, step -> zipf.draw(random));
        return trace;
    }
}
