package io.larder.bench.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.abort;

import io.larder.bench.load.LoadCell;
import io.larder.bench.load.LoadCheck;
import io.larder.bench.load.LoadFigures;
import io.larder.bench.load.LoadKeys;
import io.larder.bench.load.LoadWorkload;
import io.larder.bench.load.RemoteCache;
import io.larder.bench.load.Worker;
import io.larder.bench.load.WorkerProcess;
import io.larder.bench.worker.Jdk;
import io.larder.testkit.servers.RedisServer;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Everybody who takes part, on a real server. */
class RedisContestantsTest {

    private static final Duration MOMENT = Duration.ofMillis(50);

    private static RedisServer server;

    @BeforeAll
    static void start() {
        server = RedisServer.start();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "LIMIT")
    void peerIsACacheOnTheServer(RedisPeer peer) {
        assertThatCode(() -> new LoadCheck(RedisSuite.loadServer(server)).check(peer))
                .doesNotThrowAnyException();

        try (RemoteCache cache = peer.open(server.port(), Worker.TTL)) {
            cache.put("a", new byte[1]);
            assertThat(server.info("db" + peer.database()))
                    .as("it must use its own database")
                    .isNotNull();
        }
    }

    @Test
    void workerMeasuresClientAndServer() {
        RedisPeer peer = RedisPeer.LETTUCE;
        try (WorkerProcess worker = WorkerProcess.start(peer, Jdk.here(), RedisWorker.class, server)) {
            worker.fill(64);
            assertThat(server.info("db" + peer.database())).startsWith("keys=" + LoadKeys.COUNT + ",");

            LoadFigures figures = worker.run(new LoadCell(LoadWorkload.GET_ALL, 2, 64), MOMENT, Duration.ofMillis(300));

            assertThat(figures.clientMicros()).isPositive();
            assertThat(figures.serverMicros()).isPositive();
        }
    }

    @Test
    void redisBenchmarkDoesWhatItCan() {
        Path program = Programs.find("redis-benchmark")
                .orElseGet(() -> abort("No redis-benchmark is on the PATH. It comes with Redis's tools"));
        RedisBenchmark limit = new RedisBenchmark(program, server, RedisPeer.LIMIT.database(), Worker.TTL);

        limit.fill(64);

        assertThat(server.info("db" + RedisPeer.LIMIT.database()))
                .startsWith("keys=" + LoadKeys.COUNT + ",expires=" + LoadKeys.COUNT);
        for (LoadWorkload workload : LoadWorkload.values()) {
            if (limit.takes(workload)) {
                LoadFigures figures = limit.run(new LoadCell(workload, 4, 64), MOMENT, MOMENT);
                assertThat(figures.callsPerSecond()).isPositive();
                assertThat(figures.p50Micros()).isPositive();
            }
        }
        assertThat(server.info("db" + RedisPeer.LIMIT.database()))
                .as("it must have used the keys that are there")
                .startsWith("keys=" + LoadKeys.COUNT + ",");
    }
}
