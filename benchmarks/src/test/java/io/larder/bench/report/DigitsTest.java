package io.larder.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.bench.rounds.Spread;
import org.junit.jupiter.api.Test;

class DigitsTest {

    @Test
    void keepsThreeDigitsOfAnySize() {
        assertThat(Digits.three(0.01234)).isEqualTo("0.0123");
        assertThat(Digits.three(1)).isEqualTo("1.00");
        assertThat(Digits.three(45.67)).isEqualTo("45.7");
        assertThat(Digits.three(1_234_567)).isEqualTo("1,234,567");
        assertThat(Digits.three(0)).isEqualTo("0.00");
    }

    @Test
    void writesASpreadInTheDigitsOfItsMedian() {
        assertThat(Digits.three(new Spread(12.34, 1, 200))).isEqualTo("12.3 [1.0–200.0]");
        assertThat(Digits.three(new Spread(Double.NaN, Double.NaN, Double.NaN))).isEqualTo(Spread.NOTHING);
    }
}
