package io.larder.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.testkit.trials.TierHistory.Outcome;
import io.larder.testkit.trials.TierHistoryProcess;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One round of {@code bin/prove tiers-processes}, cut short. */
@Timeout(180)
class TierHistoryTest {

    private static final int CALLS = 15_000;
    /** Also where a round is over before a copy is much older than the bound. */
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(5);

    private final long seed = Long.getLong("larder.seed", new Random().nextInt(Integer.MAX_VALUE));

    private Outcome run(Class<?> program, Duration time) throws Exception {
        Outcome outcome = TierHistories.run(program, CALLS, seed, time);
        System.out.println("again with -Dlarder.seed=" + seed + ": " + outcome);
        assertThat(outcome.coherence()).isEqualTo("tracking, within 500ms");
        return outcome;
    }

    @Test
    void everyReadOfThreeProgramsIsExplainedByTheWritesOfAllOfThem() throws Exception {
        assertThat(run(TierHistoryProcess.class, Duration.ZERO).report().violations())
                .isEmpty();
    }

    @Test
    void programsThatAreNotToldOfEveryChangeAreFoundOut() throws Exception {
        assertThat(run(ForgetfulProgram.class, LONG_ENOUGH).report().violations())
                .isNotEmpty();
    }
}
