package io.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private final Backoff backoff = new Backoff(Duration.ofSeconds(1));

    @Test
    void pausesDoubleUpToTheLimit() {
        long[] longest = {10, 20, 40, 80, 160, 320, 640, 1_000, 1_000};

        for (int attempt = 1; attempt <= longest.length; attempt++) {
            assertThat(backoff.createDelay(attempt).toMillis())
                    .isBetween(longest[attempt - 1] / 2, longest[attempt - 1]);
        }
        assertThat(backoff.createDelay(Long.MAX_VALUE)).isLessThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void noTwoClientsPauseAlike() {
        Set<Duration> pauses = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            pauses.add(backoff.createDelay(20));
        }

        assertThat(pauses).hasSizeGreaterThan(10);
    }
}
