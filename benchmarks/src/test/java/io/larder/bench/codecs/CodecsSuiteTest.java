package io.larder.bench.codecs;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.bench.memory.Figures;
import io.larder.bench.memory.Plan;
import io.larder.bench.report.Report;
import io.larder.bench.rounds.Results;
import io.larder.bench.rounds.Score;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CodecsSuiteTest {

    private static final EncodedBytes SIZES = EncodedBytes.all();

    @Test
    void everyCodecGivesBackTheOrderAtEachSize() {
        assertThat(SIZES.of(200, CodecPeer.JACKSON)).isBetween(150, 250);
        assertThat(SIZES.of(2_048, CodecPeer.JACKSON)).isBetween(1_990, 2_110);
        assertThat(SIZES.of(51_200, CodecPeer.LARDER_JSON_ZSTD)).isLessThan(20_000);
    }

    @Test
    void comparesACodecWithTheLibraryInsideItInTheSameRound() {
        Report report = CodecsSuite.report(results(1, 2), SIZES, new Plan(2, 1, 1, Duration.ofMillis(100)));

        assertThat(report.tables())
                .contains("## 200 B", "## 2 KiB", "## 50 KiB")
                .containsPattern(
                        "\\| Larder `json` \\| \\d+ \\| 1500 \\[1000–2000\\] \\| Jackson 3 \\| 0.50 \\| 8 \\|");
        assertThat(report.csv()).hasLineCount(1 + 2 * 2 * 3 * CodecPeer.values().length);
        assertThat(report.body()).contains("| Kryo, registered | 5.");
    }

    /** The machine was half as fast in the second round; ratios must not notice. */
    private static Results<CodecCell, CodecPeer, Figures> results(int... slowness) {
        List<Score<CodecCell, CodecPeer, Figures>> scores = new ArrayList<>();
        for (int round = 1; round <= slowness.length; round++) {
            for (int bytes : CodecRounds.VALUE_BYTES) {
                for (CodecCall call : CodecCall.values()) {
                    for (CodecPeer peer : CodecPeer.values()) {
                        double speed = (peer == CodecPeer.JACKSON ? 2e6 : 1e6) / slowness[round - 1];
                        scores.add(new Score<>(round, new CodecCell(call, bytes), peer, new Figures(speed, 8)));
                    }
                }
            }
        }
        return new Results<>(scores);
    }
}
