package io.larder.cli.demo;

import java.io.PrintWriter;
import java.util.Locale;

/** Prints what was measured, in columns; with colours on a terminal. Confined to one thread. */
final class Screen {

    private static final String BOLD = "\u001B[1m";
    private static final String GREEN = "\u001B[32m";
    private static final String PLAIN = "\u001B[0m";

    private final PrintWriter out;
    private final boolean colours;
    private int step;

    Screen(PrintWriter out, boolean colours) {
        this.out = out;
        this.colours = colours;
    }

    void text(String text) {
        line(text);
    }

    /** Begins a numbered step. */
    void step(String title) {
        line("");
        line(coloured(BOLD, ++step + ". " + title));
    }

    /** Prints one measurement. */
    void measured(String what, long nanos, String remark) {
        line(String.format(
                Locale.ROOT, "   %-34s %s   %s", what, coloured(GREEN, String.format("%10s", time(nanos))), remark));
    }

    /** Prints the head of the table of read mixes. */
    void mixHead() {
        line(String.format(
                "   %-16s %8s %9s %11s %10s %10s %9s", "", "reads", "time", "reads/s", "median", "p99", "queries"));
    }

    /** Prints one row of the table of read mixes. */
    void mix(String what, ReadMix.Result result, long queries) {
        line(String.format(
                Locale.ROOT,
                "   %-16s %,8d %9s %s %10s %10s %,9d",
                what,
                result.reads(),
                time(result.nanos()),
                coloured(GREEN, String.format(Locale.ROOT, "%,11.0f", result.readsPerSecond())),
                time(result.medianNanos()),
                time(result.p99Nanos()),
                queries));
    }

    static String queries(long count) {
        return count == 1 ? "1 query" : String.format(Locale.ROOT, "%,d queries", count);
    }

    static String time(long nanos) {
        if (nanos < 1_000) {
            return nanos + " ns";
        }
        double amount = nanos / 1e3;
        String unit = "µs";
        if (nanos >= 1_000_000_000) {
            amount = nanos / 1e9;
            unit = "s";
        } else if (nanos >= 1_000_000) {
            amount = nanos / 1e6;
            unit = "ms";
        }
        return String.format(Locale.ROOT, amount < 10 ? "%.2f %s" : "%.1f %s", amount, unit);
    }

    private void line(String line) {
        out.print(line + "\n");
        out.flush();
    }

    private String coloured(String colour, String text) {
        return colours ? colour + text + PLAIN : text;
    }
}
