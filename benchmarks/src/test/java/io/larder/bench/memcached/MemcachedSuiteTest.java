package io.larder.bench.memcached;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.bench.load.InventedResults;
import io.larder.bench.load.LoadMatrix;
import io.larder.bench.load.LoadPlan;
import io.larder.bench.rounds.Effort;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemcachedSuiteTest {

    @Test
    void writesAPageThatTellsNothingOfWhereItWasMade(@TempDir Path folder) throws Exception {
        List<MemcachedPeer> peers = List.of(MemcachedPeer.values());

        MemcachedSuite.report("1.6.18", peers)
                .of(
                        InventedResults.of(peers, (peer, workload) -> true, 1e4, 2e4),
                        LoadPlan.of(LoadMatrix.STANDARD, Effort.FULL))
                .write(folder, LocalDate.of(2026, 1, 2));

        assertThat(folder.resolve("memcached.md"))
                .content()
                .contains("Written by `bin/bench memcached` on 2026-01-02", "Memcached 1.6.18 on ")
                .contains("the best library (folsom, folsom × 2, spymemcached, xmemcached, xmemcached × 2) and")
                .contains("| Get, a hit | 64 B | 2.00 | 2.00 | 2.00 | 2.00 | 2.00 | 2.00 |\n")
                .contains("| 16 | folsom | 15.0 [10.0–20.0] | 1.00 | 100 | 900 | 7.5 | 3.3 |\n")
                .doesNotContain(System.getProperty("user.dir"), "${", "| unknown |", "NaN");
        assertThat(folder.resolve("memcached.csv")).content().contains("1,readThrough,1024,64,XMEMCACHED,20000,");
        assertThat(folder.resolve("memcached.svg")).content().contains(">Larder's client</text>");
    }
}
