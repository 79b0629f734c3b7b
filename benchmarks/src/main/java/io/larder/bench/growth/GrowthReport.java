package io.larder.bench.growth;

import io.larder.bench.report.Curves;
import io.larder.bench.report.Digits;
import io.larder.bench.report.Machine;
import io.larder.bench.report.MarkdownTable;
import io.larder.bench.report.Report;
import io.larder.bench.rounds.Results;
import io.larder.bench.rounds.Score;
import io.larder.bench.rounds.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells what came of a run. */
record GrowthReport(Results<GrowthCell, Figure, Double> results, GrowthPlan plan, String redisVersion) {

    private static final String CSV_HEADER = "round,curve,size,figure,value\n";

    /** Returns the page, the picture and the raw numbers. */
    Report report() {
        String tables = "## From the smallest to the largest\n\n" + growths()
                + Stream.of(Topic.values()).map(this::section).collect(Collectors.joining());
        return new Report(
                "growth",
                "What grows, measured",
                "Redis " + redisVersion + " on " + Machine.here().text(),
                intro() + tables,
                tables,
                picture().svg(),
                results.scores().stream().map(GrowthReport::csv).collect(Collectors.joining("", CSV_HEADER, "")));
    }

    private String intro() {
        return String.format(
                Locale.ROOT, """
                ![Times and bytes of each cache by its size](growth.svg)

                What a call takes and an entry occupies, as caches grow: what should be constant is not to grow. Each number is the
                median of %d rounds, with the lowest and the highest in brackets. In each round a curve has a JVM of its own (%s of heap
                in memory), and curves that belong together take turns. A figure is the mean over %d ms, after half as long that does
                not count. [growth.csv](growth.csv) has every measurement.

                *Grew by* is the last figure divided by the first, within the round. *Too much by* is what is left of that when what
                the figure may do is taken away: 1.00 and less is as it should be, 2.00 is twice as bad. Sizes are asked for over a range
                that outgrows the processor's own caches, and a machine has few processors: not every growth is the cache's.

                """, plan.rounds(), Curve.HEAP_LARGE, plan.time().toMillis());
    }

    /** Returns a line for each figure that should be constant, or grow at a known rate. */
    private String growths() {
        MarkdownTable table = new MarkdownTable()
                .words("what grows", "cache", "figure", "should")
                .numbers("from", "to", "first", "last", "grew by", "too much by");
        for (Curve curve : Curve.values()) {
            List<Long> sizes = sizes(curve);
            for (Figure figure : curve.topic().figures()) {
                Due due = curve.due(figure);
                if (due != Due.ANY) {
                    long from = sizes.get(0);
                    long to = sizes.get(sizes.size() - 1);
                    table.row(List.of(
                            curve.topic().title(),
                            curve.label(),
                            figure.label(),
                            due.should(),
                            curve.topic().sizeText(from),
                            curve.topic().sizeText(to),
                            Digits.three(spread(curve, from, figure).median()),
                            Digits.three(spread(curve, to, figure).median()),
                            Digits.three(growth(curve, figure)),
                            Digits.three(excess(curve, figure))));
                }
            }
        }
        return table.text();
    }

    /** Returns by what factor a figure grew from the smallest to the largest size, each round by itself. */
    Spread growth(Curve curve, Figure figure) {
        List<Long> sizes = sizes(curve);
        GrowthCell first = new GrowthCell(curve, sizes.get(0));
        GrowthCell last = new GrowthCell(curve, sizes.get(sizes.size() - 1));
        return Spread.of(results.scores().stream()
                .filter(score -> score.cell().equals(last) && score.peer() == figure)
                .mapToDouble(score -> score.figures() / value(score.round(), first, figure))
                .toArray());
    }

    /** Returns how many times as bad as it should be the largest size was. */
    Spread excess(Curve curve, Figure figure) {
        List<Long> sizes = sizes(curve);
        double growthOfSize = (double) sizes.get(sizes.size() - 1) / sizes.get(0);
        Spread growth = growth(curve, figure);
        Due due = curve.due(figure);
        double low = due.excess(growth.min(), growthOfSize);
        double high = due.excess(growth.max(), growthOfSize);
        return new Spread(due.excess(growth.median(), growthOfSize), Math.min(low, high), Math.max(low, high));
    }

    private double value(int round, GrowthCell cell, Figure figure) {
        return results.scores().stream()
                .filter(score -> score.round() == round && score.cell().equals(cell) && score.peer() == figure)
                .mapToDouble(Score::figures)
                .findFirst()
                .orElse(Double.NaN);
    }

    private String section(Topic topic) {
        MarkdownTable table = new MarkdownTable()
                .numbers(topic.sizes())
                .words("cache")
                .numbers(topic.figures().stream().map(Figure::label).toArray(String[]::new));
        for (long size : sizes(topic)) {
            for (Curve curve : Curve.of(topic)) {
                if (sizes(curve).contains(size)) {
                    List<String> row = new ArrayList<>(List.of(topic.sizeText(size), curve.label()));
                    topic.figures().forEach(figure -> row.add(Digits.three(spread(curve, size, figure))));
                    table.row(row);
                }
            }
        }
        return "\n## " + topic.title() + "\n\n" + topic.text() + "\n" + table.text();
    }

    private Curves picture() {
        return new Curves(
                "What a call takes and an entry occupies, by the size of the cache",
                "Times and bytes by size, medians; both axes are logarithmic, and a height is a factor of 100 or more",
                Stream.of(Topic.values()).map(this::panels).toList());
    }

    private List<Curves.Panel> panels(Topic topic) {
        List<Long> sizes = sizes(topic);
        String from = topic.sizeText(sizes.get(0)) + (topic == Topic.VALUES ? "" : " " + topic.sizes());
        String to = topic.sizeText(sizes.get(sizes.size() - 1));
        return topic.figures().stream()
                .filter(figure -> Curve.of(topic).get(0).due(figure) != Due.ANY)
                .map(figure -> new Curves.Panel(
                        topic.title() + ": " + figure.label(),
                        from,
                        to,
                        Curve.of(topic).stream()
                                .map(curve -> new Curves.Curve(curve.label(), medians(curve, figure)))
                                .toList()))
                .toList();
    }

    private SortedMap<Long, Double> medians(Curve curve, Figure figure) {
        SortedMap<Long, Double> medians = new TreeMap<>();
        sizes(curve)
                .forEach(size -> medians.put(size, spread(curve, size, figure).median()));
        return medians;
    }

    private Spread spread(Curve curve, long size, Figure figure) {
        return results.spread(new GrowthCell(curve, size), figure, value -> value);
    }

    private List<Long> sizes(Curve curve) {
        return plan.sizes(curve);
    }

    private List<Long> sizes(Topic topic) {
        return Curve.of(topic).stream()
                .flatMap(curve -> sizes(curve).stream())
                .distinct()
                .sorted()
                .toList();
    }

    private static String csv(Score<GrowthCell, Figure, Double> score) {
        return String.format(
                Locale.ROOT,
                "%d,%s,%d,%s,%.3f\n",
                score.round(),
                score.cell().curve(),
                score.cell().size(),
                score.peer().name().toLowerCase(Locale.ROOT),
                score.figures());
    }
}
