package io.larder.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The trial of {@code bin/reliability disk}, cut short. */
@Timeout(180)
class ProcessesTest {

    @TempDir
    private Path folder;

    @Test
    void processesSeeEachOthersWritesAtOnceAndNoWrongValue() {
        long seed = Long.getLong("larder.seed", MachineClock.nanos());
        System.out.println("processesSeeEachOthersWritesAtOnceAndNoWrongValue: -Dlarder.seed=" + seed);

        ProcessesTrial.Outcome outcome = ProcessesTrial.run(folder.resolve("cache"), 4, 200, seed);

        assertThat(outcome.faults()).isEmpty();
        assertThat(outcome.errors() + outcome.wrong()).isZero();
        assertThat(outcome.calls()).isGreaterThan(1_000);
        System.out.println(outcome);
    }
}
