package io.larder.cli.demo;

import java.util.List;

/** What a user has spent in each category, beside the average of the team. Immutable. */
record SpendingReport(int userId, List<Line> lines) {

    /** One category. */
    record Line(String category, long ownCents, long teamCents) {}

    SpendingReport {
        lines = List.copyOf(lines);
    }

    long totalCents() {
        return lines.stream().mapToLong(Line::ownCents).sum();
    }
}
