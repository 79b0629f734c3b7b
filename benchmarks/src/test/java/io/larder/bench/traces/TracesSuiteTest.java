package io.larder.bench.traces;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.bench.memory.Peer;
import io.larder.bench.report.Report;
import io.larder.bench.rounds.Results;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TracesSuiteTest {

    private static final int CAPACITY = 100;
    private static final int READS = 3_000;

    @ParameterizedTest
    @EnumSource
    void theSameSeedAsksForTheSameKeys(Trace trace) {
        assertThat(drawn(trace, 1)).isEqualTo(drawn(trace, 1)).isNotEqualTo(drawn(trace, 2));
    }

    @Test
    void aLoopGoesThroughMoreKeysThanThereIsRoomFor() {
        assertThat(IntStream.of(drawn(Trace.LOOP, 1))
                        .filter(key -> key < 2 * CAPACITY)
                        .distinct())
                .hasSizeGreaterThan(CAPACITY);
    }

    @Test
    void everybodyIsAskedForTheSameAndComparedRoundByRound() {
        TracesSuite suite = new TracesSuite(2, CAPACITY, READS);
        Results<Trace, Peer, Double> results = suite.results();

        assertThat(results.scores()).hasSize(2 * Trace.values().length * TracesSuite.PEERS.size());
        assertThat(results.scores())
                .allSatisfy(score -> assertThat(score.figures()).isBetween(1.0, 99.0));
        Report report = suite.report(results);
        assertThat(report.tables()).contains("| A moving window | ");
        assertThat(report.csv()).hasLineCount(1 + results.scores().size());
    }

    private static int[] drawn(Trace trace, int seed) {
        IntUnaryOperator keys = trace.keys(CAPACITY, READS, new Random(seed));
        return IntStream.range(0, READS).map(keys).toArray();
    }
}
