package io.larder.pickle;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.TypeRef;
import io.larder.testkit.trials.MutantTrial;
import io.larder.url.Parameters;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Golden pickles, altered and mixed; {@code bin/prove pickle} takes a million of them. */
class PickleFuzzTest {

    private static final int TRIES = 20_000;

    private final long seed = Long.getLong("larder.seed", new Random().nextInt(Integer.MAX_VALUE));

    @Test
    void noPickleCrashesOrTakesMuchMemory() throws IOException {
        MutantTrial.Outcome outcome = MutantTrial.run(
                new PickleProvider().open(TypeRef.of(Object.class), Parameters.NONE),
                GoldenTest.all().map(GoldenTest.Golden::pickle).toList(),
                TRIES,
                seed);

        assertThat(outcome.found()).isEmpty();
        assertThat(outcome.decoded()).isPositive();
    }
}
