package io.larder.bench.tiers;

import java.util.Locale;

/**
 * What races of a slow read with a write gave.
 *
 * @param overtaken reads that brought an old value when the put of a newer one had returned
 * @param left keys that showed an old version when all had been quiet for a while
 */
record RaceFigures(double overtaken, double left) {

    static final String CSV_COLUMNS = "overtaken_reads,left_stale_by_race";

    String csv() {
        return String.format(Locale.ROOT, "%.0f,%.0f", overtaken, left);
    }
}
