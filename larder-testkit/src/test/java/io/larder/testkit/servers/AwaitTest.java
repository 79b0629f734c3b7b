package io.larder.testkit.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AwaitTest {

    @Test
    void asksUntilItHolds() {
        AtomicInteger asked = new AtomicInteger();

        Await.until("asked three times", Duration.ofMinutes(1), () -> {
            if (asked.incrementAndGet() == 2) {
                throw new IOException("not yet");
            }
            return asked.get() > 3;
        });

        assertThat(asked).hasValue(4);
    }

    @Test
    void saysWhatItWaitedForAndWhyNot() {
        assertThatThrownBy(() -> Await.until("pigs fly", Duration.ofMillis(20), () -> {
                    throw new IOException("no wings");
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessage("Waited in vain, 20 ms, until pigs fly")
                .hasRootCauseMessage("no wings");
    }

    @Test
    void looksOnceThoughThereIsNoTime() {
        Await.until("it holds already", Duration.ZERO, () -> true);
    }
}
