package io.larder;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.spi.Lifetime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LifetimesTest {

    private static final long NOW = 1_000_000;

    private final Lifetimes lifetimes = lifetimes(EntryOptions.DEFAULT);

    private static Lifetimes lifetimes(EntryOptions defaults) {
        return new Lifetimes(defaults, new HandClock(NOW));
    }

    private Lifetime ofTtl(Duration ttl) {
        return lifetimes.ofValue(EntryOptions.ttl(ttl));
    }

    @Test
    void millisecondsAreExact() {
        assertThat(ofTtl(Duration.ofMillis(1_234))).isEqualTo(new Lifetime(NOW, NOW + 1_234, NOW + 1_234));
    }

    @Test
    void aFractionIsRoundedUp() {
        assertThat(ofTtl(Duration.ofNanos(1)).freshUntilMillis()).isEqualTo(NOW + 1);
        assertThat(ofTtl(Duration.ofNanos(1_000_001)).freshUntilMillis()).isEqualTo(NOW + 2);
    }

    @Test
    void zeroIsGoneNow() {
        Lifetime zero = lifetimes.ofValue(EntryOptions.ttl(Duration.ZERO).staleFor(Duration.ofHours(1)));

        assertThat(zero.isOver(NOW)).isTrue();
    }

    @Test
    void unsetAndNeverAndMoreThanTimeHasAreNever() {
        assertThat(lifetimes.ofValue(EntryOptions.DEFAULT)).isEqualTo(Lifetime.endless(NOW));
        assertThat(ofTtl(EntryOptions.NEVER)).isEqualTo(Lifetime.endless(NOW));
        assertThat(ofTtl(Duration.ofSeconds(Long.MAX_VALUE - 1))).isEqualTo(Lifetime.endless(NOW));
        assertThat(ofTtl(Duration.ofMillis(Long.MAX_VALUE - NOW))).isEqualTo(Lifetime.endless(NOW));
        assertThat(ofTtl(Duration.ofMillis(Long.MAX_VALUE - NOW - 1)).freshUntilMillis())
                .isEqualTo(Long.MAX_VALUE - 1);
    }

    @Test
    void staleForComesAfterTheTtl() {
        EntryOptions hourThenMinute = EntryOptions.ttl(Duration.ofHours(1)).staleFor(Duration.ofMinutes(1));

        assertThat(lifetimes.ofValue(hourThenMinute)).isEqualTo(new Lifetime(NOW, NOW + 3_600_000, NOW + 3_660_000));
        assertThat(lifetimes
                        .ofValue(hourThenMinute.staleFor(EntryOptions.NEVER))
                        .keepUntilMillis())
                .isEqualTo(Lifetime.NEVER);
    }

    @Test
    void aNothingHasItsOwnTtl() {
        EntryOptions both = EntryOptions.ttl(Duration.ofHours(1)).missTtl(Duration.ofSeconds(1));
        EntryOptions onlyTtl = EntryOptions.ttl(Duration.ofHours(1));

        assertThat(lifetimes.ofNothing(both).freshUntilMillis()).isEqualTo(NOW + 1_000);
        assertThat(lifetimes.ofLoadedNothing(both).freshUntilMillis()).isEqualTo(NOW + 1_000);
        assertThat(lifetimes.ofNothing(onlyTtl).freshUntilMillis()).isEqualTo(NOW + 3_600_000);
        assertThat(lifetimes.ofLoadedNothing(onlyTtl).isOver(NOW)).isTrue();
    }

    @Test
    void jitterSpreadsOnlyEarlyAndNeverToNothing() {
        for (int i = 0; i < 10_000; i++) {
            long hour = lifetimes
                            .ofValue(EntryOptions.ttl(Duration.ofHours(1)).jitter(0.25))
                            .freshUntilMillis()
                    - NOW;
            long shortest = lifetimes
                            .ofValue(EntryOptions.ttl(Duration.ofMillis(2)).jitter(1))
                            .freshUntilMillis()
                    - NOW;

            assertThat(hour).isBetween(2_700_000L, 3_600_000L);
            assertThat(shortest).isBetween(1L, 2L);
        }
        assertThat(lifetimes.ofValue(EntryOptions.ttl(EntryOptions.NEVER).jitter(1)))
                .isEqualTo(Lifetime.endless(NOW));
    }

    @Test
    void expireIsExactDespiteJitterAndKeepsTheStaleTime() {
        Lifetimes jittery = lifetimes(EntryOptions.DEFAULT.jitter(1).staleFor(Duration.ofMillis(5)));

        assertThat(jittery.ofExpire(Duration.ofMillis(100))).isEqualTo(new Lifetime(NOW, NOW + 100, NOW + 105));
    }
}
