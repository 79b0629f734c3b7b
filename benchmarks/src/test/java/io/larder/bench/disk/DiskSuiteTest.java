package io.larder.bench.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.bench.mix.InventedMix;
import io.larder.bench.mix.MixPlan;
import io.larder.bench.rounds.Effort;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskSuiteTest {

    private static final LocalDate DAY = LocalDate.of(2026, 1, 2);

    private final MixPlan plan = MixPlan.of(DiskSuite.VALUE_BYTES, 100_000, Effort.FULL);

    @TempDir
    Path folder;

    @Test
    void writesAPageThatTellsNothingOfWhereItWasMade() throws Exception {
        Diskcache diskcache = new Diskcache("python3", "5.4.0");

        DiskSuite.report(InventedMix.of(List.of(DiskPeer.values()), plan), plan, Optional.of(diskcache))
                .write(folder, DAY);

        assertThat(folder.resolve("disk.md"))
                .content()
                .contains("Written by `bin/bench disk` on 2026-01-02", "each caller makes 100,000 calls")
                .contains("| 100 B | 1 | 3.00 | 3.00 | 3.00 | 3.00 |\n")
                .contains("| 8 | python-diskcache | 15.0 [10.0–20.0] | 45.0 [30.0–60.0] | 1.00 | 600 | 6000 |")
                .doesNotContain("| 1 | Larder, a process each |")
                .contains("| python-diskcache | 5.4.0 | processes | yes |\n")
                .doesNotContain(System.getProperty("user.dir"), "${", "| unknown |", "NaN");
        assertThat(folder.resolve("disk.csv")).content().contains("1,102400,8,FILES,10000,60.00,600.00,6000.00,");
        assertThat(folder.resolve("disk.svg"))
                .content()
                .contains(">python-diskcache</text>", ">Delete, 100 KiB</text>");
    }

    @Test
    void saysWhoIsMissing() throws Exception {
        List<DiskPeer> there = Stream.of(DiskPeer.values())
                .filter(peer -> peer != DiskPeer.DISKCACHE)
                .toList();

        DiskSuite.report(InventedMix.of(there, plan), plan, Optional.empty()).write(folder, DAY);

        assertThat(folder.resolve("disk.md"))
                .content()
                .contains("| 100 B | 1 | – | – | – | – |\n")
                .contains("| 1 | python-diskcache | missing | – |")
                .contains("| python-diskcache | missing; on Debian: `apt install python3-diskcache` |");
        assertThat(folder.resolve("disk.svg")).content().doesNotContain("python");
    }
}
