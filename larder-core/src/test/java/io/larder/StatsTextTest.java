package io.larder;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.spi.BackendInfo;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Counts that processes leave for each other, of the same version or another. */
class StatsTextTest {

    private static CacheStats decode(String text) {
        return StatsText.decode(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whatIsReadIsWhatWasWritten() {
        TimeCounts times = new TimeCounts();
        times.add(Duration.ofMillis(20).toNanos());
        times.add(Duration.ofMillis(3).toNanos());
        CacheStats stats = new CacheStats(
                1,
                2,
                3,
                4,
                5,
                6,
                7,
                8,
                times.summary(),
                TimeSummary.NONE,
                Map.of(ErrorKind.READ, 9L),
                Map.of(2, 12L, 3, 13L),
                Map.of("team=7\n", new TagCounts(14, 15, 16)),
                new BackendInfo("memory:", 10, 11, BackendInfo.UNKNOWN, Map.of()));

        CacheStats read = StatsText.decode(StatsText.encode(stats));

        assertThat(read)
                .usingRecursiveComparison()
                .ignoringFields("loadTimes", "callTimes", "errorsByKind", "backend.address")
                .isEqualTo(stats);
        assertThat(read.loadTimes().toText()).isEqualTo(stats.loadTimes().toText());
        assertThat(read.loadTimes().max()).isEqualTo(Duration.ofMillis(20));
        assertThat(read.callTimes().count()).isZero();
        assertThat(read.errors()).isEqualTo(9);
    }

    @Test
    void anotherVersionIsReadAsFarAsItIsKnown() {
        CacheStats read = decode("hits=5\nreincarnations=7\n");

        assertThat(read.hits()).isEqualTo(5);
        assertThat(read.misses()).isZero();
        assertThat(read.loadTimes().count()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hits=many", "loadTimes=1", "loadTimes=1,2,x", "loadTimes=1,2,999:1", "loadTimes=1,2,-1:1"})
    void whatIsDamagedIsNothing(String text) {
        assertThat(decode(text)).isNull();
    }

    @Test
    void timesAddUpAndCanBeToldSinceABeginning() {
        TimeCounts counts = new TimeCounts();
        counts.add(Duration.ofMillis(1).toNanos());
        TimeSummary before = counts.summary();
        counts.add(Duration.ofMillis(8).toNanos());

        TimeSummary since = counts.summary().since(before);

        assertThat(since.count()).isEqualTo(1);
        assertThat(since.total()).isEqualTo(Duration.ofMillis(8));
        assertThat(since.plus(before).count()).isEqualTo(2);
        assertThat(since.plus(before).total()).isEqualTo(Duration.ofMillis(9));
    }
}
