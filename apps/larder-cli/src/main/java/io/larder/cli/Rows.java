package io.larder.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.jspecify.annotations.Nullable;

/** Prints what a verb lists, row by row, in the format that was asked for. Confined to one thread. */
final class Rows implements AutoCloseable {

    /** How many rows a table waits for before it knows how wide its columns are. */
    private static final int MEASURED_MAX = 500;

    private static final String GAP = "  ";
    private static final String CSV_LINE_END = "\r\n";

    private final Output output;
    private final List<String> columns;
    /** Of a table, until it is printed; null from then on. */
    private @Nullable List<List<String>> measured = new ArrayList<>();

    private int[] widths = {};
    private boolean headed;

    /** Makes one; {@code columns} are the headings of a table. */
    Rows(Output output, String... columns) {
        this.output = output;
        this.columns = List.of(columns);
    }

    /**
     * Prints a row.
     *
     * @param named all there is to tell, for programs
     * @param cells the columns, for people
     */
    void add(Map<String, ? extends @Nullable Object> named, List<String> cells) {
        switch (output.format()) {
            case LINES -> output.line(String.join("\t", cells));
            case JSON -> output.line(JsonText.write(named));
            case CSV -> addCsv(named);
            case TABLE -> addToTable(cells);
        }
    }

    private void addCsv(Map<String, ? extends @Nullable Object> named) {
        if (!headed) {
            printCsv(named.keySet());
            headed = true;
        }
        printCsv(named.values().stream().map(Rows::csv).toList());
    }

    private void printCsv(Collection<String> record) {
        output.console().out().print(CSVFormat.RFC4180.format(record.toArray()) + CSV_LINE_END);
    }

    /** Returns a string as it is, tags with commas between where that is clear, and anything else as JSON; null is empty. */
    private static String csv(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        if (value instanceof Collection<?> list && list.stream().allMatch(Rows::isBare)) {
            return list.stream().map(String::valueOf).collect(Collectors.joining(","));
        }
        return value instanceof String text ? text : JsonText.write(value);
    }

    private static boolean isBare(@Nullable Object element) {
        return element instanceof String text
                && !text.isBlank()
                && text.equals(text.strip())
                && text.indexOf(',') < 0
                && text.charAt(0) != '[';
    }

    private void addToTable(List<String> cells) {
        if (measured == null) {
            printTable(cells);
        } else {
            measured.add(cells);
            if (measured.size() == MEASURED_MAX) {
                endMeasuring(measured);
            }
        }
    }

    private void endMeasuring(List<List<String>> rows) {
        measured = null;
        List<String> heading =
                columns.stream().map(column -> column.toUpperCase(Locale.ROOT)).toList();
        widths = new int[columns.size()];
        rows.add(0, heading);
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        rows.forEach(this::printTable);
    }

    private void printTable(List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            line.append(i == 0 ? "" : GAP).append(cells.get(i));
            line.append(" ".repeat(Math.max(0, widths[i] - cells.get(i).length())));
        }
        output.line(line.toString().stripTrailing());
    }

    /** Prints what is left of a table. */
    @Override
    public void close() {
        if (output.format() == Format.TABLE && measured != null) {
            endMeasuring(measured);
        }
    }
}
