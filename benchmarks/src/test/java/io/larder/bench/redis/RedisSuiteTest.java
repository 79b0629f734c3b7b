package io.larder.bench.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.bench.load.InventedResults;
import io.larder.bench.load.LoadCell;
import io.larder.bench.load.LoadFigures;
import io.larder.bench.load.LoadMatrix;
import io.larder.bench.load.LoadPlan;
import io.larder.bench.load.LoadWorkload;
import io.larder.bench.rounds.Effort;
import io.larder.bench.rounds.Results;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisSuiteTest {

    @Test
    void writesAPageThatTellsNothingOfWhereItWasMade(@TempDir Path folder) throws Exception {
        RedisSuite.report("7.0.15", List.of(RedisPeer.values()))
                .of(results(1e4, 2e4), LoadPlan.of(LoadMatrix.STANDARD, Effort.FULL))
                .write(folder, LocalDate.of(2026, 1, 2));

        String page = Files.readString(folder.resolve("redis.md"));
        assertThat(page)
                .contains("Written by `bin/bench redis` on 2026-01-02", "Redis 7.0.15 on ")
                .contains("| Get, a hit | 64 B | 2.00 | 2.00 | 2.00 | 2.00 | 2.00 | 2.00 |\n")
                .contains("| 16 | Larder | 30.0 [20.0–40.0] | 2.00 | 100 | 900 | 7.5 | 3.3 |\n")
                .contains("| 16 | redis-benchmark | 15.0 [10.0–20.0] | 1.00 | 100 | 900 | – | 3.3 |\n")
                .doesNotContain(System.getProperty("user.dir"), "${", "| unknown |", "NaN");
        assertThat(folder.resolve("redis.csv")).content().contains("1,get,64,16,LARDER,40000,100.0,900.0,7.50,3.25\n");
        assertThat(folder.resolve("redis.svg")).content().contains(">Larder</text>", ">30.0</text>");
    }

    @Test
    void leavesOutWhoCannotDoIt() {
        String tables = RedisSuite.report("7.0.15", List.of(RedisPeer.values()))
                .of(results(1e4), LoadPlan.of(LoadMatrix.STANDARD, Effort.QUICK))
                .tables();

        assertThat(tables.substring(tables.indexOf("## Read through"))).doesNotContain("redis-benchmark");
        assertThat(tables).contains("redis-benchmark");
    }

    @Test
    void readsWhatRedisBenchmarkPrints() {
        String printed = """
                "test","rps","avg_latency_ms","min_latency_ms","p50_latency_ms","p95_latency_ms","p99_latency_ms","max_latency_ms"
                "MGET key-__rand_int__, key-__rand_int__","83333.33","0.350","0.104","0.343","0.511","0.719","1.207"
                """;

        assertThat(RedisBenchmark.parse(printed, 1, 2)).isEqualTo(new LoadFigures(83333.33, 343, 719, 1, 2));
    }

    private static Results<LoadCell, RedisPeer, LoadFigures> results(double... speeds) {
        return InventedResults.of(
                List.of(RedisPeer.values()),
                (peer, workload) -> peer.isLibrary() || workload != LoadWorkload.READ_THROUGH,
                speeds);
    }
}
