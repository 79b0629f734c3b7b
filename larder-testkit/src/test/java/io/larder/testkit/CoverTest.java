package io.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.Clock;
import io.larder.spi.Cover;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When all keys of a watch are covered. */
class CoverTest {

    private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();

    private final FakeClock clock = new FakeClock();

    @Test
    void nothingIsCoveredAtFirst() {
        assertThat(new Cover(clock).holds()).isFalse();
    }

    @Test
    void itHoldsUntilItsTimeIsOver() {
        Cover cover = new Cover(clock);
        cover.holdUntil(clock.nanos() + SECOND_NANOS);

        clock.advance(Duration.ofMillis(999));
        assertThat(cover.holds()).isTrue();
        clock.advance(Duration.ofMillis(1));
        assertThat(cover.holds()).isFalse();
    }

    @Test
    void itEndsAtOnceHoweverLateTheCoarseClockIs() {
        Clock starved = new Clock() {
            @Override
            public long millis() {
                return clock.millis();
            }

            @Override
            public long coarseMillis() {
                return clock.coarseMillis();
            }

            @Override
            public long nanos() {
                return clock.nanos();
            }

            @Override
            public long coarseNanos() {
                return clock.nanos() - 60 * SECOND_NANOS;
            }
        };
        Cover cover = new Cover(starved);
        assertThat(cover.holds()).isFalse();
        cover.holdUntil(starved.nanos() + SECOND_NANOS);
        assertThat(cover.holds()).isTrue();

        cover.end();

        assertThat(cover.holds()).isFalse();
    }
}
