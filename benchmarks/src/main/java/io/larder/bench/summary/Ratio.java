package io.larder.bench.summary;

import java.util.List;
import java.util.Map;

/**
 * Of which figures a ratio is made, always so that more is better.
 *
 * @param where which lines count: names of columns, and what must stand in them
 * @param peerColumn the name of the column that says who it was
 * @param rivals of whom the best of each round is compared with
 */
record Ratio(
        String suite, Map<String, String> where, String peerColumn, String ours, List<String> rivals, String figure) {

    /** Times are better when they are short; what is done in a second, or a share of what is asked for, is not. */
    boolean lessIsBetter() {
        return !figure.endsWith("_per_second") && !figure.endsWith("_percent");
    }
}
