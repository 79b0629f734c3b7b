package io.larder.url;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.ConfigException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

    private static final List<String> KNOWN = List.of("max", "max-weight", "ttl", "namespace", "on-error");

    @ParameterizedTest
    @CsvSource({
        "mx, max",
        "MAX, max",
        "max-size, max",
        "max-wieght, max-weight",
        "maxweight, max-weight",
        "tl, ttl",
        "name, namespace",
        "onerror, on-error"
    })
    void findsWhatWasMeant(String given, String meant) {
        assertThat(Nearest.among(given, KNOWN)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"colour", "x", "idle", "secret"})
    void findsNothingWhereNothingIsNear(String given) {
        assertThat(Nearest.among(given, KNOWN)).isEmpty();
    }

    @Test
    void theHintListsWhatIsKnown() {
        assertThat(Nearest.hint("tl", List.of("max", "ttl"))).isEqualTo(" Did you mean 'ttl'? Known: max, ttl.");
        assertThat(Nearest.hint("colour", List.of("max", "ttl"))).isEqualTo(" Known: max, ttl.");
        assertThat(Nearest.hint("colour", List.of())).isEqualTo(" There are none.");
    }

    @Test
    void aParameterThatIsNotInTheSetIsRefused() {
        ParameterSet set = new ParameterSet(List.of(new Parameter("max", "count", "none", "Bound.")))
                .and(new ParameterSet(List.of(new Parameter("ttl", "duration", "never", "Time to live."))));

        set.check(CacheUrl.parse("memory:?ttl=5m&max=10k"));
        assertThatThrownBy(() -> set.check(CacheUrl.parse("memory:?mx=5")))
                .isInstanceOf(ConfigException.class)
                .hasMessage("Unknown parameter 'mx' in 'memory:?mx=5'. Did you mean 'max'? Known: max, ttl.");
        assertThatThrownBy(() -> ParameterSet.NONE.check(CacheUrl.parse("memory:?max=5")))
                .hasMessageEndingWith("There are none.");
    }

    @Test
    void readersNameTheParameterAndWhereItStands() {
        Parameters given = new Parameters(Map.of("share", "NaN", "mode", "fast", "half", "0.5"), "of 'x:'");

        assertThat(given.share("half")).isEqualTo(0.5);
        assertThat(given.share("none")).isNull();
        assertThat(given.count("none", 7)).isEqualTo(7);
        assertThatThrownBy(() -> given.share("share"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("'share' of 'x:' must be a share from 0 to 1 such as '0.1', was 'NaN'");
        assertThatThrownBy(() -> given.oneOf("mode", List.of("slow", "quick")))
                .isInstanceOf(ConfigException.class)
                .hasMessage("'mode' of 'x:' must be one of slow, quick, was 'fast'");
    }
}
