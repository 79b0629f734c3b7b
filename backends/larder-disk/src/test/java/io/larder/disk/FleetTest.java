package io.larder.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.testkit.trials.FleetTrial;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The trials of {@code bin/reliability}, cut short. */
@Timeout(180)
class FleetTest {

    @TempDir
    private Path folder;

    private String address() {
        return "disk:" + folder.resolve("cache");
    }

    @Test
    void programsThatMissAKeyLoadItOnce() {
        FleetTrial.Outcome outcome = FleetTrial.misses(address(), 2, 20, 5);

        assertThat(outcome.loads()).isEqualTo(5);
        assertThat(outcome.answered()).isEqualTo(5 * 2 * 20);
        assertThat(outcome.wrong()).isZero();
    }

    @Test
    void aProgramThatDiesWhileItLoadsIsReplaced() {
        FleetTrial.Outcome outcome = FleetTrial.deaths(address(), 2, 20, 1);

        assertThat(outcome.loads()).isEqualTo(2);
        assertThat(outcome.answered()).isEqualTo(20);
        assertThat(outcome.wrong()).isZero();
    }
}
