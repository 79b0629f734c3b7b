package io.larder.bench.tiers;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.bench.memory.Plan;
import io.larder.bench.rounds.Effort;
import io.larder.testkit.servers.Await;
import io.larder.testkit.servers.RedisServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Everybody who takes part, on a real server. */
class TierContestantsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int KEYS = 1_000;
    private static final Duration MOMENT = Duration.ofMillis(100);
    private static final TiersPlan PLAN =
            new TiersPlan(Plan.of(Effort.QUICK), 1, MOMENT, MOMENT, MOMENT, 10, MOMENT, 0);

    private static RedisServer server;

    @TempDir
    Path folder;

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
    @EnumSource
    void peerHasItsHitsWhereItClaims(TierPeer peer) {
        try (TieredCache cache = peer.open(server.port());
                ServerCommands commands = new ServerCommands(server.port())) {
            cache.put("a", VersionedCache.value(1));

            if (peer.isNear()) {
                Await.until("hits are near", PATIENCE, () -> commands.during(() -> readOften(cache)) < KEYS / 100);
            } else {
                assertThat(commands.during(() -> readOften(cache))).isGreaterThanOrEqualTo(KEYS);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MEMORY")
    void peerSeesWhatAnotherWrites(TierPeer peer) {
        try (TieredCache reader = peer.open(server.port());
                TieredCache writer = peer.open(server.port())) {
            writer.put("b", VersionedCache.value(1));
            Await.until("the first value is seen", PATIENCE, () -> version(reader) == 1);

            writer.put("b", VersionedCache.value(2));

            Await.until("the second value is seen", PATIENCE, () -> version(reader) == 2);
        }
    }

    @Test
    void countsNothingStaleWhereNothingIsNear() {
        try (TierPair pair = TierPair.start(TierPeer.REDIS, server.port(), folder, KEYS / 10)) {
            SharedFigures figures = pair.measure(2, PLAN);

            assertThat(figures.reads()).isPositive();
            assertThat(figures.callsPerSecond()).isPositive();
            assertThat(figures.stale()).isZero();
            assertThat(figures.left()).isZero();
        }
    }

    @Test
    void leavesNothingStaleAfterTheRace() {
        RaceRounds rounds = new RaceRounds(TiersPlan.of(Effort.QUICK), server, System.err);

        RaceFigures figures = rounds.race(TierPeer.LARDER, folder.resolve("race"));

        assertThat(figures.overtaken()).isPositive();
        assertThat(figures.left()).isZero();
    }

    private static long version(TieredCache cache) {
        return VersionedCache.version("b", cache.get("b"));
    }

    private static void readOften(TieredCache cache) {
        IntStream.range(0, KEYS).forEach(number -> cache.get("a"));
    }
}
