package io.larder.bench.report;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Locale;
import java.util.SortedMap;

/**
 * Draws how figures change with a size: lines of panels, both axes of which are logarithmic.
 *
 * @param title what it shows, for those who cannot see it
 * @param heading what it shows, above it
 * @param lines the panels, line by line
 */
public record Curves(String title, String heading, List<List<Panel>> lines) {

    private static final int PANEL = 250;
    private static final int PLOT = 180;
    private static final int HEIGHT = 110;
    private static final int LINE = 175;
    private static final int LEFT = 16;
    private static final int TOP = 78;
    private static final int LABEL = 13;
    /** What is constant but for noise is to look so. */
    private static final double RANGE_MIN = 100;

    private static final String HEAD = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d" role="img">
            <title>%3$s</title>
            <style>
              text { font: 11px system-ui, sans-serif; fill: #24292f }
              .strong { font-weight: 600; font-size: 12px }
              .page { fill: #ffffff }
              .plot { fill: none; stroke: #24292f; stroke-opacity: 0.3 }
              .curve { fill: none; stroke-width: 2 }
              .curve0 { stroke: #2f6fb0 }
              .curve1 { stroke: #d98c2b }
              .curve2 { stroke: #5a9a5a }
              .label0 { fill: #2f6fb0 }
              .label1 { fill: #d98c2b }
              .label2 { fill: #5a9a5a }
              @media (prefers-color-scheme: dark) {
                text { fill: #e6edf3 }
                .page { fill: #0d1117 }
                .plot { stroke: #e6edf3 }
              }
            </style>
            <rect class="page" width="%1$d" height="%2$d" rx="6"/>
            <text class="strong" x="16" y="26">%4$s</text>
            """;

    /**
     * One figure.
     *
     * @param from the smallest size, in words
     * @param to the largest size, in words
     */
    public record Panel(String label, String from, String to, List<Curve> curves) {

        private double min() {
            return curves.stream()
                    .flatMap(curve -> curve.valueBySize().values().stream())
                    .mapToDouble(value -> value)
                    .min()
                    .orElse(1);
        }

        private double max() {
            return curves.stream()
                    .flatMap(curve -> curve.valueBySize().values().stream())
                    .mapToDouble(value -> value)
                    .max()
                    .orElse(1);
        }

        private long sizeMin() {
            return curves.stream()
                    .mapToLong(curve -> curve.valueBySize().firstKey())
                    .min()
                    .orElse(1);
        }

        private long sizeMax() {
            return curves.stream()
                    .mapToLong(curve -> curve.valueBySize().lastKey())
                    .max()
                    .orElse(1);
        }
    }

    /** Whose figure it is at each size; there is at least one, and all are positive. */
    public record Curve(String label, SortedMap<Long, Double> valueBySize) {}

    /** Returns a picture as SVG, plain text and no fonts of its own. */
    public String svg() {
        StringBuilder svg = new StringBuilder();
        int width = LEFT + PANEL * lines.stream().mapToInt(List::size).max().orElse(0);
        add(svg, HEAD, width, TOP + LINE * lines.size(), title, heading);
        int top = TOP;
        for (List<Panel> line : lines) {
            int left = LEFT;
            for (Panel panel : line) {
                draw(svg, panel, left, top);
                left += PANEL;
            }
            top += LINE;
        }
        add(svg, "</svg>\n");
        return svg.toString();
    }

    private static void draw(StringBuilder svg, Panel panel, int left, int top) {
        double max = Math.max(panel.max(), panel.min() * RANGE_MIN);
        add(svg, "<text class=\"strong\" x=\"%d\" y=\"%d\">%s</text>\n", left, top - 24, panel.label());
        add(svg, "<rect class=\"plot\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>\n", left, top, PLOT, HEIGHT);
        add(svg, "<text x=\"%d\" y=\"%d\">%s – %s</text>\n", left, top + HEIGHT + LABEL, panel.from(), panel.to());
        int number = 0;
        for (Curve curve : panel.curves()) {
            StringBuilder points = new StringBuilder();
            curve.valueBySize()
                    .forEach((size, value) -> add(
                            points,
                            "%.1f,%.1f ",
                            left + PLOT * share((double) size, (double) panel.sizeMin(), (double) panel.sizeMax()),
                            top + HEIGHT * (1 - share(value, panel.min(), max))));
            add(
                    svg,
                    "<polyline class=\"curve curve%d\" points=\"%s\"/>\n",
                    number,
                    points.toString().strip());
            SortedMap<Long, Double> values = curve.valueBySize();
            add(
                    svg,
                    "<text class=\"label%d\" x=\"%d\" y=\"%d\">%s: %s – %s</text>\n",
                    number,
                    left + 4,
                    top + LABEL * (number + 1),
                    curve.label(),
                    Digits.three(requireNonNull(values.get(values.firstKey()))),
                    Digits.three(requireNonNull(values.get(values.lastKey()))));
            number++;
        }
    }

    private static double share(double value, double min, double max) {
        return max == min ? 0 : Math.log(value / min) / Math.log(max / min);
    }

    private static void add(StringBuilder svg, String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values));
    }
}
