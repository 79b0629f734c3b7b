package io.larder.bench.growth;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.bench.report.Report;
import io.larder.bench.rounds.Effort;
import io.larder.bench.rounds.Results;
import io.larder.bench.rounds.Score;
import io.larder.bench.rounds.Spread;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrowthReportTest {

    private static final GrowthPlan PLAN = GrowthPlan.of(Effort.FULL);

    @Test
    void coversTheSizesThatWereAskedFor() {
        assertThat(PLAN.sizes(Curve.MEMORY)).containsExactly(1_000L, 10_000L, 100_000L, 1_000_000L, 10_000_000L);
        assertThat(PLAN.sizes(Curve.TAGS_MEMORY)).startsWith(1L, 10L).endsWith(1_000_000L);
        assertThat(PLAN.sizes(Curve.CALLERS_REDIS)).containsExactly(1L, 8L, 64L, 512L);
        assertThat(PLAN.sizes(Curve.VALUES_DISK)).startsWith(16L, 256L).endsWith(16L << 20);
    }

    @Test
    void growsByTheLastDividedByTheFirstOfTheSameRound() {
        GrowthReport report = report();

        // Four steps of doubling; the second round's machine was half as fast, which is no growth.
        assertThat(report.growth(Curve.MEMORY, Figure.GET_NANOS)).isEqualTo(new Spread(16, 16, 16));
        assertThat(report.excess(Curve.MEMORY, Figure.GET_NANOS)).isEqualTo(new Spread(16, 16, 16));
    }

    @Test
    void takesAwayWhatAFigureMayDo() {
        GrowthReport report = report();

        assertThat(report.growth(Curve.CALLERS_REDIS, Figure.P99_MICROS).median())
                .isEqualTo(8);
        assertThat(report.excess(Curve.CALLERS_REDIS, Figure.P99_MICROS).median())
                .isEqualTo(8.0 / 512);
        assertThat(report.excess(Curve.CALLERS_REDIS, Figure.KILOCALLS).median())
                .as("more calls a second are no growth to complain of")
                .isEqualTo(1.0 / 8);
        assertThat(report.excess(Curve.VALUES_DISK, Figure.GET_MICROS).median()).isEqualTo(32.0 / (1 << 20));
        assertThat(report.excess(Curve.VALUES_MEMORY, Figure.GET_MICROS).median())
                .as("by reference, nothing may grow")
                .isEqualTo(32);
    }

    @Test
    void writesAPageThatTellsNothingOfWhereItWasMade(@TempDir Path folder) throws Exception {
        Report report = report().report();

        report.write(folder, LocalDate.of(2026, 1, 2));

        assertThat(folder.resolve("growth.md"))
                .content()
                .contains("Written by `bin/bench growth` on 2026-01-02", "Redis 7.0.15 on ")
                .contains(
                        "| Entries in memory | Larder | get, ns | be constant | 1,000 | 10,000,000 | 15.0 | 240 | 16.0 | 16.0 |\n")
                .contains("| Callers of a get | Redis | k calls/s | not fall | 1 | 512 | 15.0 | 120 | 8.00 | 0.125 |\n")
                .contains("| 16 MiB | disk | 480 [320–640] |")
                .contains("| 1,000,000 | memory |")
                .doesNotContain("| 1,000,000 | Redis |")
                .doesNotContain(System.getProperty("user.dir"), "${", "NaN");
        assertThat(report.csv()).contains("1,MEMORY,1000,get_nanos,10.000\n");
        assertThat(report.svg()).contains(">Entries in memory: get, ns</text>").doesNotContain("NaN", "Infinity");
    }

    /** Ten at the smallest size, and twice as much at each next; all of it twice in the second round. */
    private static GrowthReport report() {
        List<Score<GrowthCell, Figure, Double>> scores = new ArrayList<>();
        for (int round = 1; round <= 2; round++) {
            for (Curve curve : Curve.values()) {
                double value = 10 * round;
                for (long size : PLAN.sizes(curve)) {
                    for (Figure figure : curve.topic().figures()) {
                        scores.add(new Score<>(round, new GrowthCell(curve, size), figure, value));
                    }
                    value *= 2;
                }
            }
        }
        return new GrowthReport(new Results<>(scores), PLAN, "7.0.15");
    }
}
