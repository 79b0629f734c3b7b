package io.larder.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.HandClock;
import io.larder.LoadException;
import io.larder.spi.Reply;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryPauseTest {

    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final HandClock clock = new HandClock(0);
    private final RetryPause<String> pause = new RetryPause<>(clock, PAUSE);
    private final Source<String, String> failing =
            pause.around((key, flight) -> Reply.failed(new IllegalStateException("down")));
    private final Source<String, String> working = pause.around((key, flight) -> Reply.ready("value"));

    private static Flight<String> flight() {
        return new Flight<>("token", () -> "key 'a' of cache 'users'");
    }

    private void fail(String key) {
        assertThatThrownBy(() -> failing.load(key, flight()).join()).hasMessage("down");
    }

    @Test
    void lastsFromTheFailureForAsLongAsItWasTold() {
        assertThat(pause.isOver("a")).isTrue();
        fail("a");

        clock.advance(PAUSE.minusNanos(1));
        assertThat(pause.isOver("a")).isFalse();
        assertThat(pause.isOver("b")).isTrue();
        clock.advance(Duration.ofNanos(1));
        assertThat(pause.isOver("a")).isTrue();
    }

    @Test
    void keepsTheSourceFromBeingAsked() {
        fail("a");

        assertThatThrownBy(() -> working.load("a", flight()).join())
                .isInstanceOf(LoadException.class)
                .hasMessage("Cannot load key 'a' of cache 'users': "
                        + "its source has failed and is asked again after 5s, as 'stale-retry' says");
        clock.advance(PAUSE);
        assertThat(working.load("a", flight()).join()).isEqualTo("value");
    }

    @Test
    void endsWithASuccess() {
        BulkSource<String, String> broken =
                pause.aroundMany((keys, flight) -> Reply.failed(new IllegalStateException("down")));
        BulkSource<String, String> mended = pause.aroundMany((keys, flight) -> Reply.ready(Map.of()));
        assertThatThrownBy(() -> broken.loadAll(Set.of("a", "b"), flight()).join())
                .hasMessage("down");
        assertThat(pause.isOver("a") || pause.isOver("b")).isFalse();

        mended.loadAll(Set.of("b"), flight()).join();

        assertThat(pause.isOver("a")).isFalse();
        assertThat(pause.isOver("b")).isTrue();
    }

    @Test
    void forgetsTheFirstOfTooMany() {
        fail("first");
        Set<String> others = IntStream.range(0, RetryPause.KEYS_MAX)
                .mapToObj(i -> "key-" + i)
                .collect(Collectors.toSet());

        others.forEach(this::fail);

        assertThat(pause.isOver("first")).isTrue();
        assertThat(others).noneMatch(pause::isOver);
    }

    @Test
    void neverEndsWhenToldSo() {
        RetryPause<String> endless = new RetryPause<>(clock, Duration.ofSeconds(Long.MAX_VALUE));
        assertThatThrownBy(() -> endless.around((key, flight) -> Reply.failed(new IllegalStateException("down")))
                        .load("a", flight())
                        .join())
                .hasMessage("down");

        clock.advance(Duration.ofDays(1_000));
        assertThat(endless.isOver("a")).isFalse();
    }
}
