package io.larder.bench.memory;

import java.util.Arrays;
import java.util.Random;

/** Draws positions, the first one most often, as Zipf's law says. Immutable. */
public final class Zipf {

    /** How much more often the first ones are drawn. */
    public static final double SKEW = 0.99;

    private final double[] cumulated;

    /** Makes one of {@code count} positions. */
    public Zipf(int count) {
        cumulated = new double[count];
        double sum = 0;
        for (int rank = 0; rank < count; rank++) {
            sum += 1 / Math.pow(rank + 1, SKEW);
            cumulated[rank] = sum;
        }
    }

    /** Returns a position from 0. */
    public int draw(Random random) {
        int found = Arrays.binarySearch(cumulated, random.nextDouble() * cumulated[cumulated.length - 1]);
        return found < 0 ? -found - 1 : found;
    }
}
