package io.larder.bench.tiers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TierLapTest {

    @Test
    void travelsAsALine() {
        TierLap sent = new TierLap();
        sent.readNanos().recordValue(1_000);
        sent.staleNanos().recordValue(Duration.ofMillis(60).toNanos());
        sent.end(2, 1_000_000_000);

        TierLap sum = new TierLap();
        sum.add(TierLap.parse(sent.text()));
        sum.add(TierLap.parse(new TierLap().text()));

        SharedFigures figures = SharedFigures.of(sum, sum.readNanos(), 1);
        assertThat(figures.callsPerSecond()).isEqualTo(2);
        assertThat(figures.p50Micros()).isEqualTo(1);
        assertThat(figures.stale()).isEqualTo(1);
        assertThat(figures.late()).isEqualTo(1);
        assertThat(figures.oldestMillis()).isBetween(59.9, 60.1);
    }
}
