package io.larder.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import io.larder.spi.Entry;
import io.larder.spi.Lifetime;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefreshRulesTest {

    private static final long UNTIL = 11_000;
    private static final Entry<String> ENTRY =
            new Entry<>("value", new Lifetime(1_000, UNTIL, 20_000), Set.of()).withLoadMillis(500);

    @Test
    void nothingIsDueWhileItIsFreshUnlessSomebodySaidSo() {
        assertThat(RefreshRules.STANDARD.isAhead()).isFalse();
        assertThat(RefreshRules.STANDARD.isDue(ENTRY, UNTIL - 1, 0.999_999)).isFalse();
    }

    @Test
    void aShareOfTheTtlMustHavePassed() {
        RefreshRules rules = RefreshRules.STANDARD.withAhead(0.8);

        assertThat(rules.isDue(ENTRY, 8_999, 0)).isFalse();
        assertThat(rules.isDue(ENTRY, 9_000, 0)).isTrue();
    }

    @Test
    void whatNeverEndsIsNeverDue() {
        RefreshRules rules = RefreshRules.STANDARD.withAhead(0.1).withEarly(1_000);

        assertThat(rules.isDue(ENTRY.withDeadlinesOf(Lifetime.endless(0)), Long.MAX_VALUE - 1, 0.9))
                .isFalse();
    }

    @Test
    void chanceGrowsTowardsTheEndAsXFetchSays() {
        RefreshRules rules = RefreshRules.STANDARD.withEarly(2);

        // P(now - beta * delta * ln(u) >= until) = exp(-(until - now) / (beta * delta)).
        for (long leftMillis : new long[] {100, 1_000, 3_000}) {
            Random random = new Random(42);
            int due = 0;
            for (int i = 0; i < 100_000; i++) {
                due += rules.isDue(ENTRY, UNTIL - leftMillis, random.nextDouble()) ? 1 : 0;
            }
            assertThat(due / 100_000.0)
                    .as("share that is due %d ms before the end", leftMillis)
                    .isCloseTo(Math.exp(-leftMillis / 1_000.0), offset(0.01));
        }
    }

    @Test
    void whatWasNotLoadedIsNotDueByChance() {
        RefreshRules rules = RefreshRules.STANDARD.withEarly(1_000);

        assertThat(rules.isDue(ENTRY.withLoadMillis(0), UNTIL - 1, 0.999_999)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.1, 1.1, Double.NaN})
    void aShareIsAboveZeroAndUpToOne(double share) {
        assertThatThrownBy(() -> RefreshRules.STANDARD.withAhead(share))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("refreshAhead must be a share of the ttl above 0 and up to 1, was " + share);
    }

    @Test
    void refusesWhatIsNoTime() {
        assertThatThrownBy(() -> RefreshRules.STANDARD.withEarly(-1))
                .hasMessage("refreshEarly must be a number of load times, 0 or more, was -1.0");
        assertThatThrownBy(() -> RefreshRules.STANDARD.withBatch(0, Duration.ZERO))
                .hasMessage("refreshBatch must be at least 1 key, was 0");
        assertThatThrownBy(() -> RefreshRules.STANDARD.withBatch(1, Duration.ofMillis(-1)))
                .hasMessage("refreshWithin must not be negative, was -1ms");
    }
}
