package io.larder.bench.engines;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.bench.mix.InventedMix;
import io.larder.bench.mix.MixPlan;
import io.larder.bench.rounds.Effort;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnginesSuiteTest {

    @Test
    void comparesWithTheSameDurability(@TempDir Path folder) throws Exception {
        MixPlan plan = MixPlan.of(EnginesSuite.VALUE_BYTES, 20_000, Effort.FULL);
        Map<EnginePeer, Trials.Verdict> verdicts =
                Map.of(EnginePeer.MVSTORE_RELAXED, new Trials.Verdict("no, one at a time", "yes"));

        EnginesSuite.report(InventedMix.of(List.of(EnginePeer.values()), plan), plan, verdicts, 20)
                .write(folder, LocalDate.of(2026, 1, 2));

        assertThat(folder.resolve("engines.md"))
                .content()
                .contains("Written by `bin/bench engines` on 2026-01-02", "is killed (SIGKILL) 20 times")
                .contains("| H2 MVStore, relaxed | no, one at a time | yes |\n")
                .contains("| 1 | LMDB, durable | 15.0 [10.0–20.0] | 45.0 [30.0–60.0] | 0.33 | 600 | 6000 |")
                .contains("| 1 | LMDB, relaxed | 15.0 [10.0–20.0] | 45.0 [30.0–60.0] | 1.00 | 600 | 6000 |")
                .containsPattern("\\| LMDB, relaxed \\| lmdbjava [0-9.]+ \\| `MDB_NOSYNC` \\|\n")
                .doesNotContain(System.getProperty("user.dir"), "${", " unknown |", "NaN", "In short");
    }
}
