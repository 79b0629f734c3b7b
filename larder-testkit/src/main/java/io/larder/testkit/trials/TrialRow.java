package io.larder.testkit.trials;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A row of a table in Markdown. Confined to one thread. */
public final class TrialRow {

    private final Map<String, String> cells = new LinkedHashMap<>();

    /** Makes one without cells. */
    public TrialRow() {}

    /** Adds a cell. */
    public TrialRow with(String column, Object cell) {
        cells.put(column, String.valueOf(cell));
        return this;
    }

    /** Adds a number, with commas between thousands. */
    public TrialRow with(String column, long count) {
        return with(column, String.format(Locale.ROOT, "%,d", count));
    }

    /** Adds the median and the largest of some times. */
    public TrialRow withMillis(String column, List<Double> millis) {
        List<Double> sorted = millis.stream().sorted().toList();
        return with(
                column,
                String.format(
                        Locale.ROOT, "%,.0f / %,.0f", sorted.get(sorted.size() / 2), sorted.get(sorted.size() - 1)));
    }

    /** Adds a time. */
    public TrialRow withMillis(String column, double millis) {
        return with(column, String.format(Locale.ROOT, "%,.1f", millis));
    }

    /** Returns the first two lines of a table of such rows. */
    public String head() {
        return line(cells.keySet()) + "\n"
                + line(cells.keySet().stream().map(name -> "---").toList());
    }

    /** Returns the row as a line of Markdown. */
    @Override
    public String toString() {
        return line(cells.values());
    }

    /** Prints a title, and the rows below the names of their columns, which stand in the first. */
    public static void print(String title, List<TrialRow> rows) {
        System.out.println("\n## " + title + "\n");
        System.out.println(rows.get(0).head());
        rows.forEach(System.out::println);
    }

    private static String line(Iterable<String> cells) {
        StringBuilder line = new StringBuilder("|");
        cells.forEach(cell -> line.append(' ').append(cell).append(" |"));
        return line.toString();
    }
}
