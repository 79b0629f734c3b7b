package io.larder.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.Larder;
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

    /** What a killed process has counted, and not committed, keeps nobody else from reading. */
    @Test
    void whoHoldsCopiesSeesWhatAKilledProcessHadWritten() {
        long seed = Long.getLong("larder.seed", MachineClock.nanos());
        System.out.println("whoHoldsCopiesSeesWhatAKilledProcessHadWritten: -Dlarder.seed=" + seed);
        String url = "disk:" + folder.resolve("cache") + "?timeout=10s&on-error=throw&codec=bytes";
        Book book = new Book(seed, "crash 0");

        try (Larder larder = Larder.open(url)) {
            for (int kill = 1; kill <= 5; kill++) {
                try (Child child = Child.start(url, "crash", seed, book.steps())) {
                    while (child.steps()[0] < 60L * kill) {
                        book.difference(larder);
                    }
                    child.kill();
                    assertThat(child.complaints()).isEmpty();
                    while (book.steps() < child.steps()[0]) {
                        book.done();
                    }
                }
                if (book.difference(larder) != null) {
                    // The step that it was at may have been done too.
                    book.done();
                }
                assertThat(book.difference(larder)).isNull();
            }
        }
    }
}
