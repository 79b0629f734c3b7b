package io.larder.bench.engines;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.bench.mix.Engine;
import io.larder.bench.mix.MapEngine;
import io.larder.bench.mix.MixPlan;
import io.larder.bench.mix.MixRounds;
import java.io.PrintStream;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The engines on a real disk, and what is asked of them. */
class EnginesTest {

    private static final MixPlan MOMENT = new MixPlan(EnginesSuite.VALUE_BYTES, 1, 10, 100);

    private final PrintStream quiet = new PrintStream(PrintStream.nullOutputStream());

    @ParameterizedTest
    @EnumSource
    void isMeasured(EnginePeer peer) {
        try (MixRounds<EnginePeer> rounds = new MixRounds<>(MOMENT, List.of(peer))) {
            assertThat(rounds.run(quiet).scores())
                    .hasSize(2)
                    .allSatisfy(score ->
                            assertThat(score.figures().callsPerSecond()).isPositive());
        }
    }

    @Test
    void triesTwoProcessesAndAKill() {
        Trials trials = new Trials(1, new Random(42), quiet);

        assertThat(trials.of(EnginePeer.SQLITE_RELAXED)).isEqualTo(new Trials.Verdict("yes", "yes"));
        assertThat(trials.of(EnginePeer.MVSTORE_DURABLE)).isEqualTo(new Trials.Verdict("no, one at a time", "yes"));
    }

    @Test
    void knowsLossFromDamage() {
        Engine engine = new MapEngine();
        long last = 150;
        for (long number = 0; number <= last; number++) {
            engine.put(TrialWorker.key(number), TrialWorker.value(number));
        }
        assertThat(TrialWorker.check(engine, last)).isEqualTo(TrialWorker.ALL_THERE);

        // The next was put, and its process killed before it could say so.
        engine.put(TrialWorker.key(last + 1), TrialWorker.value(last + 1));
        assertThat(TrialWorker.check(engine, last)).isEqualTo(TrialWorker.ALL_THERE);

        engine.put(TrialWorker.key(last), TrialWorker.value(last - TrialWorker.KEYS));
        assertThat(TrialWorker.check(engine, last)).isEqualTo(TrialWorker.LOST);
        engine.remove(TrialWorker.key(last));
        assertThat(TrialWorker.check(engine, last)).isEqualTo(TrialWorker.LOST);

        engine.put(TrialWorker.key(last), TrialWorker.value(last - 1));
        assertThat(TrialWorker.check(engine, last)).isEqualTo(TrialWorker.WRONG);
        engine.put(TrialWorker.key(last), TrialWorker.value(last + 2 * TrialWorker.KEYS));
        assertThat(TrialWorker.check(engine, last)).isEqualTo(TrialWorker.WRONG);
    }
}
