package io.larder.redis;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A row of a table in Markdown. Confined to one thread. */
final class TrialRow {

    private final Map<String, String> cells = new LinkedHashMap<>();

    TrialRow with(String column, Object cell) {
        cells.put(column, String.valueOf(cell));
        return this;
    }

    TrialRow with(String column, long count) {
        return with(column, String.format(Locale.ROOT, "%,d", count));
    }

    /** Adds the median and the largest of some times. */
    TrialRow withMillis(String column, List<Double> millis) {
        List<Double> sorted = millis.stream().sorted().toList();
        return with(
                column,
                String.format(
                        Locale.ROOT, "%,.0f / %,.0f", sorted.get(sorted.size() / 2), sorted.get(sorted.size() - 1)));
    }

    TrialRow withMillis(String column, double millis) {
        return with(column, String.format(Locale.ROOT, "%,.1f", millis));
    }

    String head() {
        return line(cells.keySet()) + "\n"
                + line(cells.keySet().stream().map(name -> "---").toList());
    }

    @Override
    public String toString() {
        return line(cells.values());
    }

    private static String line(Iterable<String> cells) {
        StringBuilder line = new StringBuilder("|");
        cells.forEach(cell -> line.append(' ').append(cell).append(" |"));
        return line.toString();
    }
}
