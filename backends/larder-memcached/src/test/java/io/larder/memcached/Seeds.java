package io.larder.memcached;

import java.util.Random;

/** Random numbers that can be had again. */
final class Seeds {

    private Seeds() {}

    /** Returns random numbers of a seed that it prints, or of {@code -Dlarder.seed}. */
    static Random random() {
        long seed = Long.getLong("larder.seed", new Random().nextInt(Integer.MAX_VALUE));
        System.out.println("again with -Dlarder.seed=" + seed);
        return new Random(seed);
    }
}
