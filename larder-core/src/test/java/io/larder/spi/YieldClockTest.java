package io.larder.spi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class YieldClockTest {

    private static final long TRIAL_NANOS = YieldClock.WINDOWS * YieldClock.WINDOW_NANOS;

    private long nowNanos = 1;
    private final YieldClock clock = new YieldClock(nowNanos);

    /** Calls for a time, one after the other, each as long as it takes with or without a yield; returns how many of 100 have yielded. */
    private long yieldedOf100(long forNanos, long withNanos, long withoutNanos) {
        long untilNanos = nowNanos + forNanos;
        long calls = 0;
        long yielded = 0;
        for (; nowNanos < untilNanos; calls++) {
            boolean pays = clock.pays(nowNanos);
            nowNanos += pays ? withNanos : withoutNanos;
            yielded += pays ? 1 : 0;
        }
        return 100 * yielded / calls;
    }

    @Test
    void yieldsWhereItLetsMoreCallsThrough() {
        yieldedOf100(2 * TRIAL_NANOS, 10_000, 30_000);

        assertThat(yieldedOf100(YieldClock.TERM_NANOS / 2, 10_000, 30_000)).isEqualTo(100);
    }

    @Test
    void parksWhereYieldsComeBackLate() {
        yieldedOf100(2 * TRIAL_NANOS, 4_000_000, 30_000);

        assertThat(yieldedOf100(YieldClock.TERM_NANOS / 2, 4_000_000, 30_000)).isZero();
    }

    @Test
    void parksWhereItMakesNoDifference() {
        yieldedOf100(2 * TRIAL_NANOS, 30_000, 30_000);

        assertThat(yieldedOf100(YieldClock.TERM_NANOS / 2, 30_000, 30_000)).isZero();
    }

    @Test
    void triesAgainAfterATerm() {
        yieldedOf100(2 * TRIAL_NANOS, 4_000_000, 30_000);
        yieldedOf100(YieldClock.TERM_NANOS + 2 * TRIAL_NANOS, 10_000, 30_000);

        assertThat(yieldedOf100(YieldClock.TERM_NANOS / 2, 10_000, 30_000)).isEqualTo(100);
    }

    @Test
    void doesNotJudgeByAPause() {
        for (int i = 0; i < 100; i++) {
            assertThat(clock.pays(nowNanos)).isFalse();
            nowNanos += 3 * YieldClock.WINDOW_NANOS;
        }
    }
}
