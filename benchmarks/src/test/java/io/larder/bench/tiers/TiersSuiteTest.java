package io.larder.bench.tiers;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.bench.memory.Figures;
import io.larder.bench.rounds.Effort;
import io.larder.bench.rounds.Results;
import io.larder.bench.rounds.Score;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TiersSuiteTest {

    private static final TiersPlan PLAN = TiersPlan.of(Effort.FULL);

    @Test
    void writesAPageThatTellsNothingOfWhereItWasMade(@TempDir Path folder) throws Exception {
        new TiersReport(results(), PLAN, "7.0.15").report().write(folder, LocalDate.of(2026, 1, 2));

        assertThat(folder.resolve("tiers.md"))
                .content()
                .contains("Written by `bin/bench tiers` on 2026-01-02", "Redis 7.0.15 on ")
                .contains(
                        "| Larder, memory and Redis | 15.00 [10.00–20.00] | 0.50 | 100 | 15.00 [10.00–20.00] | 0.50 | 100 | 0 |\n")
                .contains("| Larder, memory alone | 30.00 [20.00–40.00] | 1.00 | 200 |")
                .contains("| 8 | Larder, memory and Redis | 1500.0 [1000.0–2000.0] | 2.00 | 0.5 | 90.0 |\n")
                .contains("| 1 | JetCache, two levels | 2.0 | 40 | 20 | 3 | 900 | 2 | 100 | 700 |\n")
                .contains("| Redisson RLocalCachedMap | 990 | 7 |\n")
                .contains("stale by more than 50 ms", "holds Redis's answers back for 100 ms")
                .doesNotContain(System.getProperty("user.dir"), "${", "| unknown |", "NaN");
        assertThat(folder.resolve("tiers.csv"))
                .content()
                .contains("near,1,1,REDIS,100000,0.0,,,,,,,,,,,,\n")
                .contains("shared,2,8,LARDER,,,2000000,0.50,90.0,2000000,40,0,0.00,0,100.0,700.0,,\n")
                .contains("race,1,64,LARDER,,,,,,,,,,,,,990,0\n")
                .doesNotContain("shared,1,1,MEMORY");
        assertThat(folder.resolve("tiers.svg")).content().contains(">Stale reads in a million</text>", ">15.0</text>");
    }

    @Test
    void drawsNoBarsWhereThereIsNothingToSee() {
        Results<Integer, TierPeer, SharedFigures> clean = new Results<>(results().shared().scores().stream()
                .map(score -> new Score<>(
                        score.round(), score.cell(), score.peer(), new SharedFigures(1, 1, 1, 1, 0, 0, 0, 0, 1, 1)))
                .toList());

        String svg = new TiersReport(
                        new TiersResults(results().near(), clean, results().race()), PLAN, "7.0.15")
                .report()
                .svg();

        assertThat(svg).doesNotContain("NaN", "Infinity");
    }

    /** Two rounds, of which the machine was twice as fast in the second. */
    private static TiersResults results() {
        return new TiersResults(
                results(TiersPlan.THREADS, List.of(TierPeer.values()), score -> near(score.peer(), score.round())),
                results(TiersPlan.THREADS, TierPeer.SHARED, score -> shared(score.peer(), score.round())),
                results(
                        List.of(RaceLoad.READERS),
                        TierPeer.TIERED,
                        score -> new RaceFigures(990, score.peer() == TierPeer.LARDER ? 0 : 7)));
    }

    private static Figures near(TierPeer peer, int round) {
        double speed = switch (peer) {
            case MEMORY -> 2e7;
            case REDIS -> 1e5;
            default -> 1e7;
        };
        return new Figures(speed * round, 0);
    }

    private static SharedFigures shared(TierPeer peer, int round) {
        double speed = (peer == TierPeer.LARDER ? 1e6 : 5e5) * round;
        int late = peer == TierPeer.LARDER ? 0 : 3;
        return new SharedFigures(speed, 0.5, 90, 2e6, 40, late, late * 300, late == 0 ? 0 : 2, 100, 700);
    }

    private static <F> Results<Integer, TierPeer, F> results(
            List<Integer> threads, List<TierPeer> peers, Function<Score<Integer, TierPeer, Integer>, F> figures) {
        return new Results<>(Stream.of(1, 2)
                .flatMap(round -> threads.stream()
                        .flatMap(count -> peers.stream()
                                .map(peer -> new Score<>(
                                        round, count, peer, figures.apply(new Score<>(round, count, peer, 0))))))
                .toList());
    }
}
