package io.larder.testkit;

import java.util.Random;

/** Where random cases begin: somewhere new in each run, or at {@code -Dlarder.seed}. */
final class Seed {

    private static final String PROPERTY = "larder.seed";

    private Seed() {}

    static long next() {
        Long given = Long.getLong(PROPERTY);
        return given == null ? new Random().nextInt(Integer.MAX_VALUE) : given;
    }

    /** Returns what to type to see a failure again. */
    static String replay(long seed) {
        return "again with -D" + PROPERTY + "=" + seed;
    }
}
