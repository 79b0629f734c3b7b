package io.larder;

import java.util.Random;

/** The seed of a random test: new each time, unless {@code -Dlarder.seed} replays one. */
public final class Seed {

    private final long value = Long.getLong("larder.seed", System.nanoTime());

    public Random random() {
        return new Random(value);
    }

    /** Returns what a failure message says, so that it can be replayed. */
    @Override
    public String toString() {
        return "-Dlarder.seed=" + value;
    }
}
