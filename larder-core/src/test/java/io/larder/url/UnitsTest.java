package io.larder.url;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.ConfigException;
import io.larder.Seed;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitsTest {

    @ParameterizedTest
    @CsvSource({
        "500ms, 500",
        "0s, 0",
        "90s, 90000",
        "1.5s, 1500",
        "5m, 300000",
        "1h30m, 5400000",
        "2d, 172800000",
        "1h1ms, 3600001"
    })
    void readsDurations(String text, long millis) {
        assertThat(Units.duration("ttl", text)).isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void readsNever() {
        assertThat(Units.duration("ttl", "never")).isEqualTo(Units.NEVER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "-5s", "5 s", "s", "5S", "5min", "1h 30m", "1h30", "Never", "5s!", "1e3s", "٥s"})
    void refusesWhatIsNoDuration(String text) {
        assertThatThrownBy(() -> Units.duration("'ttl'", text))
                .isInstanceOf(ConfigException.class)
                .hasMessage(
                        "'ttl' must be a duration with a unit (ms, s, m, h, d) such as '90s' or '1h30m', or 'never', was '"
                                + text + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5ms", "0.0001s", "99999999999999999999d"})
    void refusesDurationsThatMillisecondsCannotCount(String text) {
        assertThatThrownBy(() -> Units.duration("ttl", text))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("within 64 bits, was '" + text + "'");
    }

    @ParameterizedTest
    @CsvSource({"0B, 0", "10kB, 10000", "64MiB, 67108864", "1.5KiB, 1536", "2GB, 2000000000", "1GiB, 1073741824"})
    void readsSizes(String text, long bytes) {
        assertThat(Units.sizeBytes("max", text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "64", "64M", "64mb", "-1B", "MiB", "1 MiB", "64 MiB"})
    void refusesSizesWithoutAUnit(String text) {
        assertThatThrownBy(() -> Units.sizeBytes("'max-weight'", text))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("'max-weight' must be a size with a unit")
                .hasMessageEndingWith("was '" + text + "'");
    }

    @ParameterizedTest
    @CsvSource({"500, 500", "10k, 10000", "1.5M, 1500000", "2G, 2000000000"})
    void readsCounts(String text, long count) {
        assertThat(Units.count("max", text)).isEqualTo(count);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "10kB", "1.0001k5", "0.5", "9223372036854775808"})
    void refusesWhatIsNoCount(String text) {
        assertThatThrownBy(() -> Units.count("max", text)).isInstanceOf(ConfigException.class);
    }

    @Test
    void durationsComeBackFromTheirText() {
        Seed seed = new Seed();
        Random random = seed.random();
        for (int i = 0; i < 1_000; i++) {
            Duration duration = Duration.ofMillis(random.nextLong(1L << (1 + random.nextInt(62))));

            assertThat(Units.duration("ttl", Units.text(duration)))
                    .as("%s", seed)
                    .isEqualTo(duration);
        }
        assertThat(Units.text(Units.NEVER)).isEqualTo("never");
    }

    @ParameterizedTest
    @CsvSource({"0, 0 B", "1023, 1023 B", "1024, 1.0 KiB", "1572864, 1.5 MiB", "9223372036854775807, 8.0 EiB"})
    void writesSizesForPeople(long bytes, String text) {
        assertThat(Units.sizeText(bytes)).isEqualTo(text);
    }
}
