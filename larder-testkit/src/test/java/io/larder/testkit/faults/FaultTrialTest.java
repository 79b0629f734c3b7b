package io.larder.testkit.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.layer.ForwardingBackend;
import io.larder.spi.Backend;
import io.larder.spi.Entry;
import io.larder.spi.Lease;
import io.larder.spi.PutMode;
import io.larder.spi.Reply;
import io.larder.testkit.faults.FaultTrial.Outcome;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class FaultTrialTest {

    private static final int SEEDS = 500;
    private static final Logger WARNINGS = Logger.getLogger("io.larder");

    /** Larder warns of failures, which is what this is about. */
    @BeforeAll
    static void silence() {
        WARNINGS.setLevel(Level.OFF);
    }

    @AfterAll
    static void speak() {
        WARNINGS.setLevel(null);
    }

    @Test
    void whatCallersAreToldIsExplainedWhateverFails() {
        Long given = Long.getLong("larder.seed");
        // The same in each build; bin/prove draws others.
        long first = given == null ? 1 : given;

        for (long seed = first; seed < first + SEEDS; seed++) {
            Outcome outcome = FaultTrial.run(seed);

            assertThat(outcome.violations())
                    .as("again with -Dlarder.seed=%d", seed)
                    .isEmpty();
            assertThat(outcome.stuck())
                    .as("keys stuck, again with -Dlarder.seed=%d", seed)
                    .isEmpty();
            assertThat(outcome.waiting())
                    .as("calls waiting, again with -Dlarder.seed=%d", seed)
                    .isZero();
        }
    }

    @Test
    void aSeedIsRepeatedExactly() {
        for (long seed = 0; seed < 20; seed++) {
            assertThat(FaultTrial.run(seed).events())
                    .isEqualTo(FaultTrial.run(seed).events());
        }
    }

    /** Stores what was loaded, whatever came between. */
    private static final class Unfenced extends ForwardingBackend<String, byte[]> {

        Unfenced(Backend<String, byte[]> below) {
            super(below);
        }

        @Override
        public Reply<Boolean> putLeased(String key, Entry<byte[]> entry, Lease<byte[]> lease) {
            return below.put(key, entry, PutMode.ALWAYS);
        }
    }

    /** Keeps a lease until something is stored, though the program that has it may be cut off. */
    private static final class Unending extends ForwardingBackend<String, byte[]> {

        Unending(Backend<String, byte[]> below) {
            super(below);
        }

        @Override
        public Reply<Void> release(String key, Lease<byte[]> lease) {
            return Reply.none();
        }
    }

    @Test
    void aServerWithoutFencesIsFoundOut() {
        assertThat(LongStream.range(0, 20).mapToObj(seed -> FaultTrial.run(seed, Unfenced::new)))
                .anyMatch(outcome -> !outcome.violations().isEmpty());
    }

    @Test
    void aServerThatKeepsLeasesForEverIsFoundOut() {
        assertThat(LongStream.range(0, SEEDS).mapToObj(seed -> FaultTrial.run(seed, Unending::new)))
                .anyMatch(outcome -> !outcome.stuck().isEmpty());
    }
}
