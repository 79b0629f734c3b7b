package io.larder.bench.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.bench.report.Report;
import io.larder.bench.rounds.Effort;
import io.larder.bench.rounds.Results;
import io.larder.bench.rounds.Score;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartReportTest {

    private static final double MEBI = 1 << 20;

    @Test
    void writesAPageThatTellsNothingOfWhereItWasMade(@TempDir Path folder) throws Exception {
        Report report = report();

        report.write(folder, LocalDate.of(2026, 1, 2));

        assertThat(folder.resolve("start.md"))
                .content()
                .contains("Written by `bin/bench start` on 2026-01-02", "20 times, on the cache of a user")
                .contains("| `bin/larder get k` | 300 [200–400] | 64.0 |\n")
                .contains("| no cache | 1500 [1000–2000] | 1.00 | 16.0 | 64.0 |\n")
                .contains("| Larder | 3000 [2000–4000] | 2.00 | 16.0 | 64.0 |\n")
                .contains("| larder-memory | 3 | 1.50 |\n")
                .doesNotContain(System.getProperty("user.dir"), "${", "NaN");
        assertThat(report.csv())
                .contains("command,1,GET,200.0,,67108864,,\n")
                .contains("app,2,LARDER,4000.0,16777216,67108864,,\n")
                .contains("jars,1,CAFFEINE,,,,3,1572864\n");
        assertThat(report.svg()).contains(">Ready, ms</text>", ">3000.0</text>");
    }

    /** The machine was half as fast in the second round. */
    private static Report report() {
        List<Score<String, Command, Start>> commands = new ArrayList<>();
        List<Score<String, AppKind, Start>> apps = new ArrayList<>();
        for (int round = 1; round <= 2; round++) {
            for (Command command : Command.values()) {
                Start start = new Start(200 * round, Double.NaN, 64 * MEBI);
                commands.add(new Score<>(round, CommandStarts.CELL, command, start));
            }
            for (AppKind kind : AppKind.values()) {
                Start start = new Start((kind == AppKind.NONE ? 1_000 : 2_000) * round, 16 * MEBI, 64 * MEBI);
                apps.add(new Score<>(round, AppStarts.CELL, kind, start));
            }
        }
        Map<JarSet, Jars> jars = new EnumMap<>(JarSet.class);
        for (JarSet set : JarSet.values()) {
            jars.put(set, new Jars(3, 3 << 19));
        }
        return new StartReport(new Results<>(commands), new Results<>(apps), jars, StartPlan.of(Effort.FULL)).report();
    }
}
