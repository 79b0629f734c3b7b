package io.larder.bench.rounds;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ResultsTest {

    private static final Results<String, String, Double> RESULTS = new Results<>(List.of(
            new Score<>(1, "get", "ours", 10.0),
            new Score<>(1, "get", "theirs", 5.0),
            new Score<>(1, "get", "others", 4.0),
            // The machine was twice as fast in the second round; ratios must not notice.
            new Score<>(2, "get", "ours", 20.0),
            new Score<>(2, "get", "theirs", 10.0),
            new Score<>(2, "get", "others", 16.0),
            new Score<>(1, "put", "ours", 1.0)));

    @Test
    void takesTheMeanOfTheMiddleTwo() {
        assertThat(Spread.of(4, 1, 3, 2)).isEqualTo(new Spread(2.5, 1, 4));
        assertThat(Spread.of(3, 1, 2)).isEqualTo(new Spread(2, 1, 3));
    }

    @Test
    void showsADashWhereNothingWasMeasured() {
        assertThat(Spread.of(Double.NaN, Double.NaN).text(1)).isEqualTo("–");
        assertThat(Spread.of(1, 2, 3).text(1)).isEqualTo("2.0 [1.0–3.0]");
    }

    @Test
    void comparesWithinTheRound() {
        assertThat(RESULTS.ratio("get", "ours", List.of("theirs"), speed -> speed))
                .isEqualTo(new Spread(2, 2, 2));
    }

    @Test
    void comparesWithTheBestOfTheRound() {
        assertThat(RESULTS.ratio("get", "ours", List.of("theirs", "others"), speed -> speed))
                .isEqualTo(new Spread(1.625, 1.25, 2));
    }

    @Test
    void knowsWhoWasNotMeasured() {
        assertThat(RESULTS.has("put", "ours")).isTrue();
        assertThat(RESULTS.has("put", "theirs")).isFalse();
    }

    @Test
    void letsEverybodyBeEarlyAndLate() {
        List<String> peers = List.of("a", "b", "c", "d", "e");

        assertThat(Turns.of(peers, 1)).isEqualTo(peers);
        assertThat(Turns.of(peers, 2)).containsExactly("d", "e", "a", "b", "c");
        assertThat(Turns.of(peers, 3)).containsExactly("b", "c", "d", "e", "a");
    }
}
