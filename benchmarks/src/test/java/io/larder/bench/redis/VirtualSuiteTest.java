package io.larder.bench.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.larder.bench.load.InventedResults;
import io.larder.bench.load.LoadCell;
import io.larder.bench.load.LoadFigures;
import io.larder.bench.load.LoadPlace;
import io.larder.bench.load.LoadPlan;
import io.larder.bench.load.LoadWorkload;
import io.larder.bench.load.WorkerProcess;
import io.larder.bench.report.Machine;
import io.larder.bench.rounds.Effort;
import io.larder.bench.worker.Jdk;
import io.larder.testkit.servers.RedisServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VirtualSuiteTest {

    @Test
    void writesAPageOfGetsAlone(@TempDir Path folder) throws Exception {
        LoadPlace place = new LoadPlace("Redis", "7.0.15", Machine.here().withJvm("JDK 25.0.1"));

        VirtualSuite.report(place, VirtualSuite.PEERS)
                .of(
                        InventedResults.of(VirtualSuite.MATRIX, VirtualSuite.PEERS, (peer, workload) -> true, 1e4, 2e4),
                        LoadPlan.of(VirtualSuite.MATRIX, Effort.FULL))
                .write(folder, LocalDate.of(2026, 1, 2));

        assertThat(folder.resolve("virtual.md"))
                .content()
                .startsWith("# Virtual threads on Redis, measured\n\n*Written by `bin/bench virtual` on 2026-01-02")
                .contains("\nRedis 7.0.15 on ", ", JDK 25.0.1\n")
                .contains("| Get, a hit | 64 B | 2.00 | 2.00 | 2.00 |\n")
                .contains("| 256 | Larder | 30.0 [20.0–40.0] | 2.00 | 100 | 900 | 7.5 | 3.3 |\n")
                .doesNotContain("Put over", "Read through*", "JetCache");
        assertThat(folder.resolve("virtual.csv"))
                .content()
                .contains("1,get,64,256,LARDER,40000,100.0,900.0,7.50,3.25\n");
        assertThat(Files.readString(folder.resolve("virtual.svg"))).contains("on Redis", ">30.0</text>");
    }

    @Test
    void callersAreVirtualThreads() {
        Jdk jdk = newest();
        try (RedisServer server = RedisServer.start();
                WorkerProcess worker = WorkerProcess.start(RedisPeer.LARDER, jdk, VirtualWorker.class, server)) {
            worker.fill(64);

            LoadFigures figures =
                    worker.run(new LoadCell(LoadWorkload.GET, 256, 64), Duration.ofMillis(50), Duration.ofMillis(300));

            assertThat(figures.callsPerSecond()).isPositive();
        }
    }

    private static Jdk newest() {
        try {
            return Jdk.newest(VirtualSuite.FEATURE);
        } catch (IllegalStateException none) {
            return abort(none.getMessage());
        }
    }
}
