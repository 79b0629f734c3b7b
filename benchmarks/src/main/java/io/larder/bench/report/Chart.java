package io.larder.bench.report;

import io.larder.bench.rounds.Spread;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Draws results as bars: lines of panels, in each a row per peer, in each a bar per number of threads.
 *
 * @param title what it shows, for those who cannot see it
 * @param heading what it shows, above it
 * @param peers who takes part; the first is ours
 * @param label how a peer is called
 * @param threads what the bars of a row stand for
 * @param lines the panels, line by line
 */
public record Chart<P>(
        String title,
        String heading,
        List<P> peers,
        Function<P, String> label,
        List<Integer> threads,
        List<List<Panel<P>>> lines) {

    private static final int LABELS = 180;
    private static final int PANEL = 250;
    private static final int BARS = 170;
    private static final int TOP = 84;
    private static final int BAR = 13;
    private static final int GAP = 10;
    private static final int LEGEND = 90;
    /** From the last row of a line to the first of the next, where the titles of its panels stand. */
    private static final int LINE = 40;

    /** The reader's browser picks light or dark; the page around it may not follow, hence a background of our own. */
    private static final String HEAD = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d" role="img">
            <title>%3$s</title>
            <style>
              text { font: 12px system-ui, sans-serif; fill: #24292f }
              .strong { font-weight: 600 }
              .value { font-size: 11px }
              .page { fill: #ffffff }
              .bar0 { fill: #2f6fb0 }
              .bar1 { fill: #d98c2b }
              .bar2 { fill: #5a9a5a }
              .spread { stroke: #24292f; stroke-opacity: 0.6 }
              @media (prefers-color-scheme: dark) {
                text { fill: #e6edf3 }
                .page { fill: #0d1117 }
                .bar0 { fill: #4a90d9 }
                .bar1 { fill: #e0a04a }
                .bar2 { fill: #6db46d }
                .spread { stroke: #e6edf3 }
              }
            </style>
            <rect class="page" width="%1$d" height="%2$d" rx="6"/>
            <text class="strong" x="16" y="26">%4$s</text>
            """;

    /** One workload; speeds are in the unit of the heading. */
    public record Panel<P>(String label, Speeds<P> speeds) {}

    /** The speeds of a panel. */
    public interface Speeds<P> {

        /** Returns the speed of a peer on so many threads, nothing where none was measured. */
        Optional<Spread> of(P peer, int threads);
    }

    /** Returns a picture as SVG, plain text and no fonts of its own. */
    public String svg() {
        StringBuilder svg = new StringBuilder();
        int width = LABELS + PANEL * lines.stream().mapToInt(List::size).max().orElse(0);
        int height = TOP + lineHeight() * lines.size() + LINE * (lines.size() - 1) + 16;
        add(svg, HEAD, width, height, title, heading);
        if (threads.size() > 1) {
            drawLegend(svg);
        }
        int top = TOP;
        for (List<Panel<P>> line : lines) {
            drawLabels(svg, top);
            int left = LABELS;
            for (Panel<P> panel : line) {
                drawPanel(svg, panel, left, top);
                left += PANEL;
            }
            top += lineHeight() + LINE;
        }
        add(svg, "</svg>\n");
        return svg.toString();
    }

    private int rowHeight() {
        return threads.size() * (BAR + 1) + GAP;
    }

    private int lineHeight() {
        return rowHeight() * peers.size();
    }

    private void drawLegend(StringBuilder svg) {
        for (int index = 0; index < threads.size(); index++) {
            int x = 16 + index * LEGEND;
            int count = threads.get(index);
            add(svg, "<rect class=\"bar%d\" x=\"%d\" y=\"39\" width=\"11\" height=\"11\"/>\n", index, x);
            add(svg, "<text x=\"%d\" y=\"49\">%d thread%s</text>\n", x + 16, count, count == 1 ? "" : "s");
        }
    }

    private void drawLabels(StringBuilder svg, int lineTop) {
        int top = lineTop;
        String weight = " class=\"strong\"";
        for (P peer : peers) {
            add(svg, "<text%s x=\"16\" y=\"%d\">%s</text>\n", weight, top + BAR + 4, label.apply(peer));
            top += rowHeight();
            weight = "";
        }
    }

    private void drawPanel(StringBuilder svg, Panel<P> panel, int left, int lineTop) {
        double most = peers.stream()
                .flatMap(peer -> threads.stream().map(count -> panel.speeds().of(peer, count)))
                .flatMap(Optional::stream)
                .mapToDouble(Spread::max)
                .max()
                .orElse(0);
        double scale = most == 0 ? 0 : BARS / most;
        add(svg, "<text class=\"strong\" x=\"%d\" y=\"%d\">%s</text>\n", left, lineTop - 12, panel.label());
        int rowTop = lineTop;
        for (P peer : peers) {
            for (int index = 0; index < threads.size(); index++) {
                int bar = index;
                int top = rowTop + index * (BAR + 1);
                panel.speeds()
                        .of(peer, threads.get(index))
                        .ifPresent(speed -> drawBar(svg, bar, left, top, scale, speed));
            }
            rowTop += rowHeight();
        }
    }

    private static void drawBar(StringBuilder svg, int index, int left, int top, double scale, Spread speed) {
        double middle = top + BAR / 2.0;
        double end = left + Math.max(1, speed.max() * scale);
        add(
                svg,
                "<rect class=\"bar%d\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>\n",
                index,
                left,
                top,
                Math.max(1, speed.median() * scale),
                BAR);
        if (speed.min() < speed.max()) {
            add(
                    svg,
                    "<line class=\"spread\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/>\n",
                    left + speed.min() * scale,
                    end,
                    middle,
                    middle);
        }
        add(svg, "<text class=\"value\" x=\"%.1f\" y=\"%.1f\">%.1f</text>\n", end + 5, middle + 4, speed.median());
    }

    private static void add(StringBuilder svg, String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values));
    }
}
