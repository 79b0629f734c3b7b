package io.larder.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.testkit.trials.TierTrial.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The trials of {@code bin/reliability tiers}, cut short. */
@Timeout(180)
class TierFaultsTest {

    private static final String BRISK = "&heart-beat=500ms";

    /** The heart-beat: a promise, however slow the machine is, for it is counted to the beginning of a read. */
    private static final double BOUND_MILLIS = 500;

    private final TierFaults faults = new TierFaults(Duration.ofMillis(1_500), 1);

    private static void expectWithinTheBound(Outcome outcome) {
        assertThat(outcome.coherence()).endsWith(", within 500ms");
        assertThat(outcome.writes()).isPositive();
        assertThat(outcome.reads()).isGreaterThan(outcome.writes());
        assertThat(outcome.behindMillis()).isLessThanOrEqualTo(BOUND_MILLIS);
    }

    @Test
    void aProgramThatWasStoppedTrustsNoCopyWhenItGoesOn() throws Exception {
        expectWithinTheBound(faults.aReaderIsStopped(BRISK));
    }

    @Test
    void aWireThatLosesWhatIsToldIsTrustedForAHeartBeat() throws Exception {
        expectWithinTheBound(faults.answersAreLost(BRISK));
    }
}
