package io.larder.bench.report;

import io.larder.bench.rounds.Spread;
import java.util.Locale;

/** Numbers of any size as people read them. */
public final class Digits {

    private static final int DIGITS = 3;

    private Digits() {}

    /** Returns three digits of it, or more when it is longer. */
    public static String three(double value) {
        return String.format(Locale.ROOT, "%,." + decimals(value) + "f", value);
    }

    /** Returns the median in three digits, the others in as many decimals. */
    public static String three(Spread spread) {
        return spread.text(decimals(spread.median()));
    }

    private static int decimals(double value) {
        int digitsBeforePoint = value == 0 ? 1 : (int) Math.floor(Math.log10(Math.abs(value))) + 1;
        return Math.max(0, DIGITS - digitsBeforePoint);
    }
}
