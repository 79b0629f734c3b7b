package io.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.BackendException;
import io.larder.spi.Backend;
import io.larder.spi.Capability;
import io.larder.spi.Entry;
import io.larder.spi.Lifetime;
import io.larder.spi.PutMode;
import io.larder.spi.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FakesTest {

    private final FakeClock clock = new FakeClock();
    private final Backend<String, byte[]> reference = ReferenceBackend.ofBytes(clock);
    private final Entry<byte[]> entry = new Entry<>(new byte[] {1}, Lifetime.endless(0), Set.of());

    @Nested
    class Clock {

        @Test
        void standsStillUntilItIsTurned() {
            long millis = clock.millis();
            long nanos = clock.nanos();

            assertThat(clock.millis()).isEqualTo(millis);
            clock.advance(Duration.ofMillis(1_500));
            assertThat(clock.millis()).isEqualTo(millis + 1_500);
            assertThat(clock.coarseMillis()).isEqualTo(clock.millis());
            assertThat(clock.nanos()).isEqualTo(nanos + 1_500_000_000L);
        }

        @Test
        void theTimeOfDayMayGoBackButTimeDoesNot() {
            long nanos = clock.nanos();

            clock.set(Instant.EPOCH);

            assertThat(clock.millis()).isZero();
            assertThat(clock.nanos()).isEqualTo(nanos);
            assertThatThrownBy(() -> clock.advance(Duration.ofMillis(-1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("duration must not be negative, was PT-0.001S");
        }
    }

    @Nested
    class Flaky {

        private final FlakyBackend<String, byte[]> flaky = new FlakyBackend<>(reference);

        @Test
        void failsBeforeOrAfterTheCallTookEffect() {
            flaky.failBefore(method -> method.equals("put"));
            assertThatThrownBy(() -> flaky.put("a", entry, PutMode.ALWAYS).join())
                    .isInstanceOf(BackendException.class)
                    .hasMessage("Flaky backend: 'put' fails before it takes effect");
            assertThat(reference.get("a").join()).isNull();

            flaky.up();
            flaky.failAfter(method -> method.equals("put"));
            assertThatThrownBy(() -> flaky.put("a", entry, PutMode.ALWAYS).join())
                    .hasMessage("Flaky backend: 'put' fails after it takes effect");
            assertThat(reference.get("a").join()).isNotNull();
        }

        @Test
        void theSameSeedFailsTheSameCalls() {
            List<Boolean> first = failures(7);

            assertThat(failures(7)).isEqualTo(first).contains(true, false);
            assertThat(failures(8)).isNotEqualTo(first);
        }

        private List<Boolean> failures(long seed) {
            flaky.failRandomly(0.5, seed);
            List<Boolean> failures = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                failures.add(flaky.ping()
                        .map(done -> false)
                        .recover(failure -> Reply.ready(true))
                        .join());
            }
            return failures;
        }

        @Test
        void isNotInThisProcess() {
            assertThat(flaky.capabilities())
                    .doesNotContain(Capability.LOCAL)
                    .contains(Capability.STORAGE, Capability.TAGS);
        }
    }

    @Nested
    class Stalled {

        private final StalledBackend<String, byte[]> stalled = new StalledBackend<>(reference);

        @Test
        void keepsRepliesPendingUntilTheyAreReleased() {
            stalled.stall();
            var put = stalled.put("a", entry, PutMode.ALWAYS).toFuture(Runnable::run);

            assertThat(put).isNotDone();
            assertThat(reference.get("a").join()).isNull();
            stalled.release();
            assertThat(put.join()).isTrue();
            assertThat(reference.get("a").join()).isNotNull();
            assertThat(stalled.capabilities()).doesNotContain(Capability.LOCAL);
        }
    }
}
