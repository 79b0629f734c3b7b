package io.larder.bench;

import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Draws results as bars: a panel per workload, a row per peer, a bar per number of threads. */
final class Chart {

    private static final int LABELS = 180;
    private static final int PANEL = 250;
    private static final int BARS = 170;
    private static final int TOP = 84;
    private static final int ROW = 38;
    private static final int BAR = 13;
    private static final int WIDTH = LABELS + PANEL * Workload.values().length;
    private static final int HEIGHT = TOP + ROW * Peer.values().length + 16;

    /** The reader's browser picks light or dark; the page around it may not follow, hence a background of our own. */
    private static final String HEAD = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d" role="img">
            <title>Millions of calls a second, in memory</title>
            <style>
              text { font: 12px system-ui, sans-serif; fill: #24292f }
              .strong { font-weight: 600 }
              .value { font-size: 11px }
              .page { fill: #ffffff }
              .bar0 { fill: #2f6fb0 }
              .bar1 { fill: #d98c2b }
              .spread { stroke: #24292f; stroke-opacity: 0.6 }
              @media (prefers-color-scheme: dark) {
                text { fill: #e6edf3 }
                .page { fill: #0d1117 }
                .bar0 { fill: #4a90d9 }
                .bar1 { fill: #e0a04a }
                .spread { stroke: #e6edf3 }
              }
            </style>
            <rect class="page" width="%1$d" height="%2$d" rx="6"/>
            <text class="strong" x="16" y="26">In memory: millions of calls a second, median and spread of the rounds</text>
            """;

    private final Results results;
    private final StringBuilder svg = new StringBuilder();

    private Chart(Results results) {
        this.results = results;
    }

    /** Returns a picture as SVG, plain text and no fonts of its own. */
    static String of(Results results) {
        Chart chart = new Chart(results);
        chart.add(HEAD, WIDTH, HEIGHT);
        chart.drawLegend();
        chart.drawLabels();
        int left = LABELS;
        for (Workload workload : Workload.values()) {
            chart.drawPanel(workload, left);
            left += PANEL;
        }
        chart.add("</svg>\n");
        return chart.svg.toString();
    }

    private void drawLegend() {
        for (int index = 0; index < Plan.THREADS.length; index++) {
            int x = 16 + index * 90;
            int threads = Plan.THREADS[index];
            add("<rect class=\"bar%d\" x=\"%d\" y=\"39\" width=\"11\" height=\"11\"/>\n", index, x);
            add("<text x=\"%d\" y=\"49\">%d thread%s</text>\n", x + 16, threads, threads == 1 ? "" : "s");
        }
    }

    private void drawLabels() {
        int top = TOP;
        for (Peer peer : Peer.values()) {
            String weight = peer == Peer.LARDER ? " class=\"strong\"" : "";
            add("<text%s x=\"16\" y=\"%d\">%s</text>\n", weight, top + BAR + 4, peer.label());
            top += ROW;
        }
    }

    private void drawPanel(Workload workload, int left) {
        double most = Stream.of(Peer.values())
                .flatMapToDouble(peer -> IntStream.of(Plan.THREADS)
                        .mapToDouble(threads ->
                                results.speed(workload, threads, peer).max()))
                .max()
                .orElseThrow();
        add("<text class=\"strong\" x=\"%d\" y=\"%d\">%s</text>\n", left, TOP - 12, workload.label());
        int top = TOP;
        for (Peer peer : Peer.values()) {
            for (int index = 0; index < Plan.THREADS.length; index++) {
                Spread speed = results.speed(workload, Plan.THREADS[index], peer);
                drawBar(index, left, top + index * (BAR + 1), BARS / most, speed);
            }
            top += ROW;
        }
    }

    private void drawBar(int index, int left, int top, double scale, Spread speed) {
        double middle = top + BAR / 2.0;
        double end = left + Math.max(1, speed.max() * scale);
        add(
                "<rect class=\"bar%d\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>\n",
                index, left, top, Math.max(1, speed.median() * scale), BAR);
        if (speed.min() < speed.max()) {
            add(
                    "<line class=\"spread\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/>\n",
                    left + speed.min() * scale, end, middle, middle);
        }
        add("<text class=\"value\" x=\"%.1f\" y=\"%.1f\">%.1f</text>\n", end + 5, middle + 4, speed.median());
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values));
    }
}
