package io.larder.bench.growth;

import io.larder.bench.rounds.Results;
import io.larder.bench.rounds.Score;
import io.larder.bench.rounds.Turns;
import io.larder.bench.worker.LineProcess;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Measures all curves in turns, each round of a curve in a JVM of its own.
 *
 * <p>Sizes take turns too, after one that does not count: else the smallest would be measured before the code is compiled.
 */
final class GrowthRounds {

    private final GrowthPlan plan;
    private final int redisPort;
    private final Runnable clearRedis;
    private final PrintStream progress;
    private final List<Score<GrowthCell, Figure, Double>> scores = new ArrayList<>();

    GrowthRounds(GrowthPlan plan, int redisPort, Runnable clearRedis, PrintStream progress) {
        this.plan = plan;
        this.redisPort = redisPort;
        this.clearRedis = clearRedis;
        this.progress = progress;
    }

    Results<GrowthCell, Figure, Double> run() {
        for (int round = 1; round <= plan.rounds(); round++) {
            for (Topic topic : Topic.values()) {
                for (Curve curve : Turns.of(Curve.of(topic), round)) {
                    measure(round, curve);
                }
            }
        }
        return results();
    }

    void measure(int round, Curve curve) {
        clearRedis.run();
        List<Long> sizes = plan.sizes(curve);
        try (LineProcess process = curve.start(redisPort, plan.time())) {
            process.ask(GrowthWorker.measure(sizes.get(0)));
            for (long size : Turns.of(sizes, round)) {
                String answer = process.ask(GrowthWorker.measure(size));
                String[] values = answer.split(" ", -1);
                List<Figure> figures = curve.topic().figures();
                for (int index = 0; index < figures.size(); index++) {
                    scores.add(new Score<>(
                            round, new GrowthCell(curve, size), figures.get(index), Double.parseDouble(values[index])));
                }
                progress.printf(
                        Locale.ROOT,
                        "round %d/%d  %-18s %-26s %12s  %s%n",
                        round,
                        plan.rounds(),
                        curve.topic().title(),
                        curve.label(),
                        curve.topic().sizeText(size),
                        answer);
            }
        }
    }

    Results<GrowthCell, Figure, Double> results() {
        return new Results<>(scores);
    }
}
