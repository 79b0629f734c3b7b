package io.larder.bench.summary;

import io.larder.bench.report.MarkdownTable;
import io.larder.bench.rounds.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a second run says the same as the first.
 *
 * @param within how many of the second's medians lie within the first's spreads
 * @param touching of how many more the spreads touch
 * @param apart the others
 */
record Agreement(int within, int touching, List<Pair> apart) {

    /** A ratio in both runs. */
    record Pair(Ratio ratio, Spread first, Spread second) {

        private boolean isWithin() {
            return second.median() >= first.min() && second.median() <= first.max();
        }

        private boolean touches() {
            return second.max() >= first.min() && second.min() <= first.max();
        }
    }

    /** Compares every ratio that both have. */
    static Agreement of(Map<String, Sheet> first, Map<String, Sheet> second) {
        int within = 0;
        int touching = 0;
        List<Pair> apart = new ArrayList<>();
        for (Pair pair : pairs(first, second)) {
            if (pair.isWithin()) {
                within++;
            } else if (pair.touches()) {
                touching++;
            } else {
                apart.add(pair);
            }
        }
        return new Agreement(within, touching, apart);
    }

    private static List<Pair> pairs(Map<String, Sheet> first, Map<String, Sheet> second) {
        List<Pair> pairs = new ArrayList<>();
        for (Shape shape : Shape.ALL) {
            Sheet ours = first.get(shape.suite());
            Sheet theirs = second.get(shape.suite());
            if (ours != null && theirs != null) {
                for (Ratio ratio : shape.ratios(ours)) {
                    Optional<Spread> before = ours.ratio(ratio);
                    Optional<Spread> after = theirs.ratio(ratio);
                    if (before.isPresent() && after.isPresent()) {
                        pairs.add(new Pair(ratio, before.get(), after.get()));
                    }
                }
            }
        }
        return pairs;
    }

    /** Returns it in words, and a line for each ratio that lies apart. */
    String text() {
        int all = within + touching + apart.size();
        String sum = """
                Of %d ratios of Larder to a peer, the second run's median lies within the first's spread in %d, the spreads of
                both touch in %d more, and %d lie apart. Of two times three rounds of equal luck, 60 in 100 medians would lie within,
                and 10 in 100 spreads apart.
                """.formatted(all, within, touching, apart.size());
        if (apart.isEmpty()) {
            return sum;
        }
        MarkdownTable table =
                new MarkdownTable().words("suite", "what", "ratio", "of").numbers("first run", "second run");
        for (Pair pair : apart) {
            Ratio ratio = pair.ratio();
            table.row(List.of(
                    ratio.suite(),
                    String.join(", ", ratio.where().values()),
                    ratio.ours() + " of " + String.join(", ", ratio.rivals()),
                    ratio.figure(),
                    pair.first().text(2),
                    pair.second().text(2)));
        }
        return sum + "\n" + table.text();
    }
}
