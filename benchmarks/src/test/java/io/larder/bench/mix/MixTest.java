package io.larder.bench.mix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MixTest {

    private static final long SEED = 42;

    private final Mix mix = new Mix(10_000, 100);

    @Test
    void mixesAsPythonDiskcacheDoes() {
        Map<MixCall, Integer> calls = new EnumMap<>(MixCall.class);
        for (int number = 0; number < 1_000; number++) {
            calls.merge(MixCall.of(number / 1_000.0), 1, Integer::sum);
        }

        assertThat(calls).isEqualTo(Map.of(MixCall.GET, 900, MixCall.SET, 90, MixCall.DELETE, 10));
    }

    @Test
    void runsOnWhatItHasFilled() {
        Engine engine = new MapEngine();
        mix.fill(engine);

        MixFigures figures = mix.run(engine, SEED).figures();

        assertThat(figures.callsPerSecond()).isPositive();
        assertThat(figures.get().maxMicros())
                .isGreaterThanOrEqualTo(figures.get().p50Micros());
    }

    @Test
    void doesNotTimeGetsThatFindNothing() {
        Engine forgetful = new MapEngine() {
            @Override
            public byte @Nullable [] get(String key) {
                return null;
            }
        };

        assertThatThrownBy(() -> mix.run(forgetful, SEED)).hasMessageStartingWith("0 of ");
    }

    @Test
    void doesNotTimeGetsThatFindAnotherValue() {
        Engine confused = new MapEngine() {
            @Override
            public byte @Nullable [] get(String key) {
                return new byte[100];
            }
        };

        assertThatThrownBy(() -> mix.run(confused, SEED))
                .hasMessageContaining("a value of 100 bytes that was never put");
    }

    @Test
    void timingsPassThroughALine() {
        Timings one = new Timings();
        one.add(MixCall.GET, 1_000);
        one.add(MixCall.GET, 3_000);
        one.add(MixCall.SET, 2_000_000);

        Timings all = new Timings();
        all.add(Timings.parse(one.text()));
        all.add(Timings.parse(one.text()));

        assertThat(all.figures().get().p50Micros()).isEqualTo(1, within(0.01));
        assertThat(all.figures().get().maxMicros()).isEqualTo(3, within(0.01));
        assertThat(all.figures().set().p99Micros()).isEqualTo(2_000, within(2.0));
        assertThat(all.callsPerSecond()).isEqualTo(2 * one.callsPerSecond(), within(1e-6));
    }
}
