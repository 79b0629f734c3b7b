package io.larder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.testkit.servers.Await;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private static final Duration WITHIN = Duration.ofSeconds(30);

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final AtomicLong nanos = new AtomicLong();

    private Progress progress(boolean terminal) {
        return new Progress(Console.of(
                InputStream.nullInputStream(), OutputStream.nullOutputStream(), err, () -> terminal, nanos::get));
    }

    private String shown() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void whatIsDoneWithinASecondShowsNothing() {
        Progress progress = progress(true);
        progress.begin("warming", 2);
        nanos.addAndGet(999_999_999);
        progress.add(2);
        progress.end();

        assertThat(shown()).isEmpty();
    }

    @Test
    void whatTakesLongerShowsABarTenTimesASecond() {
        Progress progress = progress(true);
        progress.begin("warming", 4);
        nanos.addAndGet(1_000_000_000);
        progress.add(1);
        progress.add(1);
        nanos.addAndGet(100_000_000);
        progress.add(1);
        progress.end();

        assertThat(shown())
                .startsWith("\rwarming [#######.......................]  25 % of 4"
                        + "\rwarming [######################........]  75 % of 4\r")
                .endsWith("\r");
    }

    @Test
    void aLogGetsALineNowAndThen() {
        Progress progress = progress(false);
        progress.begin("warming", 250_000);
        for (int i = 0; i < 250; i++) {
            progress.add(1_000);
        }
        progress.end();

        assertThat(shown()).isEqualTo("warming: 100,000 entries\nwarming: 200,000 entries\n");
    }

    @Test
    void whatCannotSayHowFarItIsShowsThatItGoesOn() {
        String answer = progress(true).during("removing", () -> {
            Await.until("it says so", WITHIN, () -> shown().contains("\rremoving: 1 s"));
            return "done";
        });

        assertThat(answer).isEqualTo("done");
        assertThat(shown()).endsWith("\r");
        assertThat(progress(false).during("removing", () -> "at once")).isEqualTo("at once");
    }
}
