package io.larder.bench.memcached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.larder.bench.load.LoadCell;
import io.larder.bench.load.LoadCheck;
import io.larder.bench.load.LoadFigures;
import io.larder.bench.load.LoadKeys;
import io.larder.bench.load.LoadWorkload;
import io.larder.bench.load.WorkerProcess;
import io.larder.bench.worker.Jdk;
import io.larder.spi.BackendProvider;
import io.larder.testkit.servers.MemcachedServer;
import java.time.Duration;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Everybody who takes part, on a real server. */
class MemcachedContestantsTest {

    private static final Duration MOMENT = Duration.ofMillis(50);

    private static MemcachedServer server;

    @BeforeAll
    static void start() {
        server = MemcachedSuite.start();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void peerIsACacheOnTheServer(MemcachedPeer peer) {
        assumeTrue(
                peer != MemcachedPeer.LARDER
                        || ServiceLoader.load(BackendProvider.class).stream()
                                .anyMatch(each -> each.get().schemes().contains("memcached")),
                "Larder has no backend 'memcached' yet");

        assertThatCode(() -> new LoadCheck(MemcachedSuite.loadServer(server)).check(peer))
                .doesNotThrowAnyException();
    }

    @Test
    void workerMeasuresClientAndServer() {
        try (WorkerProcess worker =
                WorkerProcess.start(MemcachedPeer.FOLSOM, Jdk.here(), MemcachedWorker.class, server)) {
            worker.fill(64);
            assertThat(Long.parseLong(String.valueOf(server.stat("curr_items"))))
                    .isGreaterThanOrEqualTo(LoadKeys.COUNT);

            LoadFigures figures = worker.run(new LoadCell(LoadWorkload.GET_ALL, 2, 64), MOMENT, Duration.ofMillis(300));

            assertThat(figures.clientMicros()).isPositive();
            assertThat(figures.serverMicros()).isPositive();
        }
    }
}
