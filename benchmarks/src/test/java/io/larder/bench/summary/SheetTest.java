package io.larder.bench.summary;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.bench.rounds.Spread;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SheetTest {

    private static final Sheet SHEET = Sheet.parse("""
            round,threads,peer,calls_per_second,p99_us
            1,1,LARDER,10,5
            1,1,A,5,10
            1,1,B,2,20
            2,1,LARDER,40,1
            2,1,A,10,
            2,1,B,20,4
            1,8,LARDER,99,1
            """);

    @Test
    void comparesWithTheBestOfTheRound() {
        assertThat(SHEET.ratio(ratio("1", List.of("A", "B"), "calls_per_second")))
                .contains(new Spread(2, 2, 2));
    }

    @Test
    void turnsTimesRoundSoThatMoreIsBetter() {
        assertThat(SHEET.ratio(ratio("1", List.of("B"), "p99_us"))).contains(new Spread(4, 4, 4));
    }

    @Test
    void hasNoRatioOfWhatWasNotMeasured() {
        assertThat(SHEET.ratio(ratio("8", List.of("A"), "calls_per_second"))).isEmpty();
        assertThat(SHEET.ratio(ratio("1", List.of("C"), "calls_per_second"))).isEmpty();
    }

    private static Ratio ratio(String threads, List<String> rivals, String figure) {
        return new Ratio("any", Map.of("threads", threads), "peer", "LARDER", rivals, figure);
    }
}
