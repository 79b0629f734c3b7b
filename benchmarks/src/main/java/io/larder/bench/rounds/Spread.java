package io.larder.bench.rounds;

import java.util.Arrays;
import java.util.Locale;

/** The median of the rounds, and how far they lie apart. */
public record Spread(double median, double min, double max) {

    /** What a table shows where nothing was measured. */
    public static final String NOTHING = "–";

    /** Returns the median, the lowest and the highest of at least one value. */
    public static Spread of(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }

    /** Returns {@code 1.25 [1.20–1.31]}, the median alone when there was one round, or a dash where nothing was measured. */
    public String text(int decimals) {
        if (Double.isNaN(median)) {
            return NOTHING;
        }
        String number = "%." + decimals + "f";
        String middle = String.format(Locale.ROOT, number, median);
        return min == max ? middle : middle + String.format(Locale.ROOT, " [" + number + "–" + number + "]", min, max);
    }
}
