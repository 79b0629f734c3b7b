package io.larder.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class TableTest {

    @Test
    void showsMediansAndRatiosWithinTheRound() {
        // The machine was twice as fast in the second round; ratios must not notice.
        Results results = results(1e7, 2e7);

        String table = Table.of(results, Workload.PUT);

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
    void takesTheMeanOfTheMiddleTwo() {
        assertThat(Spread.of(4, 1, 3, 2)).isEqualTo(new Spread(2.5, 1, 4));
        assertThat(Spread.of(3, 1, 2)).isEqualTo(new Spread(2, 1, 3));
    }

    @Test
    void saysWhatEachPeerHasOn() {
        Properties versions = new Properties();
        versions.setProperty("larder", "1.2.3");

        String table = Table.peers(versions);

        assertThat(table)
                .contains("| Larder | 1.2.3 | each entry's own | one each | on |\n")
                .contains("| Caffeine, bound only | unknown | off | cannot | off |\n");
    }

    @Test
    void drawsABarForEveryPeerWorkloadAndNumberOfThreads() throws Exception {
        Document svg = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(Chart.of(results(1e7, 2e7)))));

        int bars = Peer.values().length * Workload.values().length * Plan.THREADS.length;
        assertThat(svg.getElementsByTagName("line").getLength()).isEqualTo(bars);
        assertThat(svg.getElementsByTagName("rect").getLength()).isEqualTo(bars + 1 + Plan.THREADS.length);
    }

    @Test
    void writesAPageThatTellsNothingOfWhereItWasMade(@TempDir Path folder) throws Exception {
        new Report(results(1e7, 2e7), Plan.FULL).write(folder, "bin/bench memory", LocalDate.of(2026, 1, 2));

        String page = Files.readString(folder.resolve("memory.md"));
        assertThat(page)
                .contains("Written by `bin/bench memory` on 2026-01-02")
                .contains("| Larder | 30.0 [20.0–40.0] | 2.00 |")
                .doesNotContain(System.getProperty("user.dir"), "${", "| unknown |");
        assertThat(folder.resolve("memory.csv")).content().contains("1,put,8,LARDER,80000000,0.0\n");
        assertThat(folder.resolve("memory.svg")).isNotEmptyFile();
    }

    /** One round per speed of Caffeine's; Larder is twice as fast, and two threads or more are twice as fast as one. */
    private static Results results(double... speeds) {
        List<Score> scores = new ArrayList<>();
        for (int round = 0; round < speeds.length; round++) {
            for (Workload workload : Workload.values()) {
                for (int threads : Plan.THREADS) {
                    for (Peer peer : Peer.values()) {
                        double speed = speeds[round] * (threads == 1 ? 1 : 2) * (peer == Peer.LARDER ? 2 : 1);
                        scores.add(new Score(round, workload, threads, peer, speed, peer == Peer.LARDER ? 0.01 : 16));
                    }
                }
            }
        }
        return new Results(scores);
    }
}
