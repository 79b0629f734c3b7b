package io.larder;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Times are counted in buckets, and percentiles are not far from the truth. */
class TimeSummaryTest {

    @Test
    void nothingTakesNoTime() {
        assertThat(TimeSummary.NONE.count()).isZero();
        assertThat(TimeSummary.NONE.max()).isZero();
        assertThat(TimeSummary.NONE.percentile(0.99)).isZero();
    }

    @Test
    void everyTimeFallsIntoABucketWhoseBoundIsAtMostAQuarterAboveIt() {
        for (long nanos = 5_000; nanos < 3_600_000_000_000L; nanos += 1 + nanos / 7) {
            long bound = TimeCounts.nanosMax(TimeCounts.bucket(nanos));

            assertThat(bound).isGreaterThan(nanos).isLessThanOrEqualTo(nanos + nanos / 4 + 1_024);
        }
        assertThat(TimeCounts.bucket(Long.MAX_VALUE)).isEqualTo(TimeCounts.BUCKETS - 1);
        assertThat(TimeCounts.bucket(-1)).isZero();
    }

    @Test
    void percentilesTotalAndLongest() {
        TimeCounts counts = new TimeCounts();
        for (int millis = 1; millis <= 100; millis++) {
            counts.add(Duration.ofMillis(millis).toNanos());
        }

        TimeSummary times = counts.summary();

        assertThat(times.count()).isEqualTo(100);
        assertThat(times.total()).isEqualTo(Duration.ofMillis(5_050));
        assertThat(times.max()).isEqualTo(Duration.ofMillis(100));
        assertThat(times.percentile(0.5)).isBetween(Duration.ofMillis(50), Duration.ofNanos(62_500_000));
        assertThat(times.percentile(1)).isEqualTo(Duration.ofMillis(100));
        assertThat(times.percentile(0)).isBetween(Duration.ofMillis(1), Duration.ofNanos(1_300_000));
    }
}
