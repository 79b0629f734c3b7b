package io.larder.bench.summary;

import io.larder.bench.report.MarkdownTable;
import io.larder.bench.rounds.Spread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One page of all suites, from what their last runs left.
 *
 * @param pages of the suites that have one
 * @param first the numbers behind them
 * @param second those of a run that was made again; empty without one
 */
public record Summary(List<SuitePage> pages, Map<String, Sheet> first, Map<String, Sheet> second) {

    /** Where, beside the pages, the numbers of a second run are. */
    public static final String AGAIN = "again";

    /** Reads all that there is in the folder of the pages. */
    public static Summary of(Path folder) throws IOException {
        Map<String, Sheet> sheets = Sheet.in(folder);
        return new Summary(SuitePage.in(folder, sheets.keySet()), sheets, Sheet.in(folder.resolve(AGAIN)));
    }

    /** Returns the table of the goals for numbers that no page was made of. */
    public static String goals(Map<String, String> csvBySuite) {
        Map<String, Sheet> sheets = new TreeMap<>();
        csvBySuite.forEach((suite, csv) -> sheets.put(suite, Sheet.parse(csv)));
        return new Summary(List.of(), sheets, Map.of()).goals();
    }

    /** Returns what the second run says of the first. */
    public String agreement() {
        return Agreement.of(first, second).text();
    }

    /** Writes {@code performance.md} beside the folder of the pages. */
    public void write(Path folder) throws IOException {
        String name = String.valueOf(folder.getFileName());
        Files.writeString(folder.resolveSibling(name + ".md"), page(name + "/"));
    }

    private String page(String folder) {
        StringBuilder page = new StringBuilder("""
                # Performance

                *Written by `bin/bench summary` from the numbers of the pages below; `bin/bench all` renews them and it.*

                Each ratio is the median of the rounds of a run, with the lowest and the highest in brackets; each round is compared with
                itself. More is better. *At the median* is a goal that not every round reached.

                ## Goals

                """);
        page.append(goals()).append("\n## Pages\n\n").append(places(folder));
        if (!second.isEmpty()) {
            page.append("\n## A second run\n\n").append(agreement());
        }
        for (SuitePage each : pages) {
            if (each.hasChart()) {
                page.append("\n![%s](%s%s.svg)\n".formatted(each.title(), folder, each.suite()));
            }
        }
        return page.toString();
    }

    /** Returns a line for each goal. */
    String goals() {
        MarkdownTable table = new MarkdownTable()
                .words("work")
                .numbers("at least", "measured")
                .words("reached", "why not");
        for (Goal goal : Goals.all()) {
            Optional<Spread> measured = goal.measured(first);
            boolean isReached = measured.isPresent() && goal.isReached(measured.get());
            List<String> row = new ArrayList<>(List.of(goal.work(), number(goal.atLeast())));
            row.add(measured.map(spread -> spread.text(2)).orElse(Spread.NOTHING));
            row.add(measured.map(goal::verdict).orElse("not measured"));
            row.add(isReached ? "" : goal.whyNot());
            table.row(row);
        }
        return table.text();
    }

    private String places(String folder) {
        MarkdownTable table = new MarkdownTable().words("page", "measured on", "machine");
        for (SuitePage page : pages) {
            table.row(List.of("[%s](%s%s.md)".formatted(page.title(), folder, page.suite()), page.day(), page.place()));
        }
        return table.text();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value == Math.rint(value) ? "%.0f" : "%.2f", value);
    }
}
