package io.larder.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.disk.DiskConfig.Sync;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The trial of {@code bin/reliability disk}, cut short. */
@Timeout(180)
class CrashTest {

    @TempDir
    private Path folder;

    @Test
    void aKilledProcessLosesNothingThatWasAcknowledged() {
        long seed = Long.getLong("larder.seed", MachineClock.nanos());
        System.out.println("aKilledProcessLosesNothingThatWasAcknowledged: -Dlarder.seed=" + seed);

        CrashTrial.Outcome outcome = CrashTrial.run(folder.resolve("cache"), Sync.FULL, 20, seed);

        assertThat(outcome.faults()).isEmpty();
        assertThat(outcome.steps()).isGreaterThan(500);
    }
}
