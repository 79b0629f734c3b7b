package io.larder.bench.growth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GrowthRoundsTest {

    @Test
    void measuresEveryFigureOfACurveAtEverySizeInAnotherProcess() {
        GrowthPlan plan = new GrowthPlan(1, Duration.ofMillis(5), 1, 1, 1, 1, 1, 256);
        AtomicInteger cleared = new AtomicInteger();
        GrowthRounds rounds =
                new GrowthRounds(plan, 0, cleared::incrementAndGet, new PrintStream(OutputStream.nullOutputStream()));

        rounds.measure(1, Curve.VALUES_MEMORY);

        assertThat(cleared).hasValue(1);
        for (long bytes : new long[] {16, 256}) {
            for (Figure figure : Topic.VALUES.figures()) {
                assertThat(rounds.results()
                                .spread(new GrowthCell(Curve.VALUES_MEMORY, bytes), figure, value -> value)
                                .median())
                        .isPositive();
            }
        }
    }
}
