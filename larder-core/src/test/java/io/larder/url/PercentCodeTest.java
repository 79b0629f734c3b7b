package io.larder.url;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PercentCodeTest {

    @ParameterizedTest
    @CsvSource({"a b, a%20b", "%, %25", "é, %C3%A9", "a+b, a+b", "?&=#, %3F%26%3D%23", "h:1/@, h:1/@"})
    void encodesWhatAUrlCannotShow(String plain, String encoded) {
        assertThat(PercentCode.encode(plain)).isEqualTo(encoded);
        assertThat(PercentCode.decode(encoded)).contains(plain);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "%4", "a%", "%4x", "%C3", "%ff", "%C0%80", "%ED%A0%80"})
    void decodesNothingThatIsCutOffOrNoUtf8(String broken) {
        assertThat(PercentCode.decode(broken)).isEmpty();
    }

    @Test
    void hexadecimalDigitsMayBeSmall() {
        assertThat(PercentCode.decode("%c3%a9")).contains("é");
    }
}
