package io.larder.bench.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.bench.report.Versions;
import io.larder.bench.rounds.Effort;
import io.larder.bench.rounds.Results;
import io.larder.bench.rounds.Score;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemorySuiteTest {

    @Test
    void showsMediansAndRatiosWithinTheRound() {
        // The machine was twice as fast in the second round; ratios must not notice.
        String table = Table.of(results(1e7, 2e7), Workload.PUT);

        assertThat(table).startsWith("""
                        | cache | 1 thread, M calls/s | of Caffeine | 8 threads, M calls/s | of Caffeine | bytes/call |
                        | --- | ---: | ---: | ---: | ---: | ---: |
                        | Larder | 30.0 [20.0–40.0] | 2.00 | 60.0 [40.0–80.0] | 2.00 | 0 |
                        | Caffeine, variable expiry | 15.0 [10.0–20.0] | 1.00 | 30.0 [20.0–40.0] | 1.00 | 16 |
                        """).hasLineCount(2 + Peer.values().length);
    }

    @Test
    void leavesOutTheSpreadOfASingleRound() {
        String table = Table.of(results(1e7), Workload.GET_HIT);

        assertThat(table).contains("| Larder | 20.0 | 2.00 | 40.0 | 2.00 | 0 |\n");
    }

    @Test
    void saysWhatEachPeerHasOn() {
        assertThat(Table.peers(new Versions()))
                .contains("| each entry's own | one each | on |\n")
                .containsPattern("\\| Caffeine, bound only \\| [0-9.]+ \\| off \\| cannot \\| off \\|\n");
    }

    @Test
    void writesAPageThatTellsNothingOfWhereItWasMade(@TempDir Path folder) throws Exception {
        MemorySuite.report(results(1e7, 2e7), Plan.of(Effort.FULL)).write(folder, LocalDate.of(2026, 1, 2));

        String page = Files.readString(folder.resolve("memory.md"));
        assertThat(page)
                .contains("Written by `bin/bench memory` on 2026-01-02")
                .contains("| Larder | 30.0 [20.0–40.0] | 2.00 |")
                .doesNotContain(System.getProperty("user.dir"), "${", "| unknown |");
        assertThat(folder.resolve("memory.csv")).content().contains("1,put,8,LARDER,80000000,0.0\n");
        assertThat(folder.resolve("memory.svg")).content().contains(">Larder</text>", ">60.0</text>");
    }

    /** One round per speed of Caffeine's; Larder is twice as fast, and two threads or more are twice as fast as one. */
    private static Results<Cell, Peer, Figures> results(double... speeds) {
        List<Score<Cell, Peer, Figures>> scores = new ArrayList<>();
        for (int round = 0; round < speeds.length; round++) {
            for (Workload workload : Workload.values()) {
                for (int threads : Plan.THREADS) {
                    for (Peer peer : Peer.values()) {
                        double speed = speeds[round] * (threads == 1 ? 1 : 2) * (peer == Peer.LARDER ? 2 : 1);
                        Figures figures = new Figures(speed, peer == Peer.LARDER ? 0.01 : 16);
                        scores.add(new Score<>(round, new Cell(workload, threads), peer, figures));
                    }
                }
            }
        }
        return new Results<>(scores);
    }
}
