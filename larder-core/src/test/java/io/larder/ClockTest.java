package io.larder;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClockTest {

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 500, Clock.COARSE_LAG_MILLIS})
    void aDeadlineIsExactHoweverMuchTheCoarseReadingLags(long lagMillis) {
        HandClock clock = new HandClock(1_000_000);
        clock.lag(lagMillis);

        for (long distance = -2_500; distance <= 2_500; distance++) {
            assertThat(clock.isBefore(1_000_000 + distance))
                    .as("distance %d", distance)
                    .isEqualTo(distance > 0);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 100, Clock.COARSE_LAG_NANOS / 1_000_000})
    void aDeadlineInNanosecondsIsExactToo(long lagMillis) {
        HandClock clock = new HandClock(1_000_000);
        clock.lag(lagMillis);
        long now = clock.nanos();

        for (long distanceMillis = -600; distanceMillis <= 600; distanceMillis++) {
            assertThat(clock.isBeforeNanos(now + distanceMillis * 1_000_000))
                    .as("distance %d ms", distanceMillis)
                    .isEqualTo(distanceMillis > 0);
        }
    }

    @Test
    void aDistantDeadlineIsNotWorthAnExactReading() {
        HandClock clock = new HandClock(1_000_000);

        assertThat(clock.isBefore(1_000_000 + Clock.COARSE_LAG_MILLIS + 1)).isTrue();
        assertThat(clock.isBefore(Long.MAX_VALUE)).isTrue();
        assertThat(clock.isBeforeNanos(clock.coarseNanos() + Clock.COARSE_LAG_NANOS + 1))
                .isTrue();

        assertThat(clock.exactReads()).isZero();
    }

    @Test
    void theMachinesClockStaysExactWhenItIsClosed() {
        SystemClock clock = new SystemClock();

        clock.close();

        long now = clock.millis();
        assertThat(clock.isBefore(now + Duration.ofHours(1).toMillis())).isTrue();
        assertThat(clock.isBefore(now)).isFalse();
        assertThat(clock.isBefore(Long.MAX_VALUE)).isTrue();
        assertThat(clock.isBeforeNanos(clock.nanos() + Duration.ofHours(1).toNanos()))
                .isTrue();
        assertThat(clock.isBeforeNanos(clock.nanos())).isFalse();
    }

    @Test
    void theMachinesCoarseReadingNeverRunsAhead() {
        try (SystemClock clock = new SystemClock()) {
            for (int i = 0; i < 1_000; i++) {
                long coarse = clock.coarseMillis();
                assertThat(coarse).isLessThanOrEqualTo(clock.millis());
                long coarseNanos = clock.coarseNanos();
                assertThat(clock.nanos() - coarseNanos).isNotNegative();
            }
        }
    }
}
