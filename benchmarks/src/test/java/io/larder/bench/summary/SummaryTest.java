package io.larder.bench.summary;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SummaryTest {

    private static final Path PAGES = Path.of("../docs/performance");
    private static final String TIERS = """
            part,round,threads,cache,near_hits_per_second,calls_per_second
            near,1,1,LARDER,%s,
            near,1,1,MEMORY,10,
            near,2,1,LARDER,%s,
            near,2,1,MEMORY,10,
            """;

    /** Renamed columns would make them disappear without a sound. */
    @Test
    void findsTheNumbersOfEveryGoal() throws IOException {
        Map<String, Sheet> sheets = Sheet.in(PAGES);

        assertThat(Goals.all())
                .allSatisfy(goal -> assertThat(goal.measured(sheets)).isPresent());
    }

    @Test
    void saysWhichGoalsAreReached() {
        String near = "| A hit in the near tier, 1 thread, of memory alone | 0.80 | ";

        assertThat(goals(9, 10)).contains(near + "0.95 [0.90–1.00] | yes |  |\n");
        assertThat(goals(7, 10)).contains(near + "0.85 [0.70–1.00] | at the median |  |\n");
        assertThat(goals(4, 5)).contains(near + "0.45 [0.40–0.50] | **no** |");
        assertThat(Summary.goals(Map.of())).contains(near + "– | not measured |");
    }

    @Test
    void countsTheRatiosOnWhichASecondRunAgrees() {
        assertThat(agreement(8, 9).within()).isEqualTo(1);
        assertThat(agreement(5, 8).touching()).isEqualTo(1);
        assertThat(agreement(3, 5).apart()).hasSize(1);
        assertThat(agreement(3, 5).text())
                .contains(
                        "1 lie apart",
                        "| tiers | near, 1 | LARDER of MEMORY | near_hits_per_second | 0.85 [0.70–1.00] | 0.40 ");
    }

    @Test
    void makesAPageOfWhatSuitesLeft(@TempDir Path docs) throws IOException {
        Path pages = Files.createDirectory(docs.resolve("performance"));
        Files.writeString(pages.resolve("tiers.csv"), TIERS.formatted(9, 10));
        Files.writeString(pages.resolve("tiers.svg"), "<svg/>");
        Files.writeString(pages.resolve("tiers.md"), """
                # Tiers, measured

                *Written by `bin/bench tiers` on 2026-01-31; run it to renew this page.*

                A machine, 2 cores

                """);

        Summary.of(pages).write(pages);

        assertThat(docs.resolve("performance.md"))
                .content()
                .startsWith("# Performance\n")
                .contains("| [Tiers, measured](performance/tiers.md) | 2026-01-31 | A machine, 2 cores |\n")
                .contains("![Tiers, measured](performance/tiers.svg)")
                .doesNotContain("## A second run");
    }

    @Test
    void readsTheHeadOfEveryPage() throws IOException {
        Map<String, Sheet> sheets = Sheet.in(PAGES);

        assertThat(SuitePage.in(PAGES, sheets.keySet())).hasSameSizeAs(sheets.keySet());
    }

    private static String goals(int first, int second) {
        return Summary.goals(Map.of("tiers", TIERS.formatted(first, second)));
    }

    private static Agreement agreement(int first, int second) {
        return Agreement.of(
                Map.of("tiers", Sheet.parse(TIERS.formatted(7, 10))),
                Map.of("tiers", Sheet.parse(TIERS.formatted(first, second))));
    }
}
