package io.larder.bench.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.larder.bench.mix.Engine;
import io.larder.bench.mix.MixCell;
import io.larder.bench.mix.MixFigures;
import io.larder.bench.mix.MixPlan;
import io.larder.bench.mix.MixRounds;
import io.larder.bench.rounds.Results;
import io.larder.spi.BackendProvider;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Everybody who takes part, on a real disk. */
class DiskContestantsTest {

    private static final MixPlan MOMENT = new MixPlan(List.of(100), 1, 10, 200);

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "DISKCACHE")
    void keepsWhatWasPutWhenItIsOpenedAgain(DiskPeer peer, @TempDir Path folder) {
        assumeThere(peer);
        try (Engine engine = peer.open(folder)) {
            engine.put("kept", new byte[] {1, 2});
            engine.put("kept", new byte[] {1, 2, 3});
            engine.put("removed", new byte[] {4});
            engine.remove("removed");
        }

        try (Engine engine = peer.open(folder)) {
            assertThat(engine.get("kept")).containsExactly(1, 2, 3);
            assertThat(engine.get("removed")).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource
    void isMeasured(DiskPeer peer) {
        assumeThere(peer);
        PrintStream quiet = new PrintStream(PrintStream.nullOutputStream());

        try (MixRounds<DiskPeer> rounds = new MixRounds<>(MOMENT, List.of(peer))) {
            Results<MixCell, DiskPeer, MixFigures> results = rounds.run(quiet);

            assertThat(results.has(new MixCell(100, 8), peer)).isTrue();
            assertThat(results.scores()).allSatisfy(score -> {
                assertThat(score.figures().callsPerSecond()).isPositive();
                assertThat(score.figures().get().p50Micros()).isPositive();
            });
        }
    }

    private static void assumeThere(DiskPeer peer) {
        assumeTrue(
                !peer.library().equals("larder")
                        || ServiceLoader.load(BackendProvider.class).stream()
                                .anyMatch(each -> each.get().schemes().contains("disk")),
                "Larder has no backend 'disk' yet");
        assumeTrue(
                peer != DiskPeer.DISKCACHE || Diskcache.find().isPresent(),
                "No python3 has the package diskcache. On Debian: apt install python3-diskcache");
    }
}
