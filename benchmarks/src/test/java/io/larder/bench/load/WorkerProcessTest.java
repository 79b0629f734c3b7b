package io.larder.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.bench.worker.Crew;
import io.larder.bench.worker.Jdk;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WorkerProcessTest {

    private static final Duration MOMENT = Duration.ofMillis(30);

    /** Serves a map, or fails at once when it is given an argument. */
    static final class MapWorker {

        private MapWorker() {}

        public static void main(String[] args) throws IOException {
            if (args.length == 0) {
                Worker.serve(
                        new MapCache(),
                        "",
                        Crew.Kind.PLATFORM,
                        ProcessHandle.current().pid(),
                        System.in,
                        System.out);
            }
        }
    }

    private enum OnePeer implements LoadPeer {
        MAP;

        @Override
        public PeerFacts facts() {
            return new PeerFacts("Map", "", "none", "50 × `get`", "`computeIfAbsent`");
        }

        @Override
        public RemoteCache open(int port, Duration ttl) {
            return new MapCache();
        }
    }

    @Test
    void measuresInAJvmOfItsOwn() {
        try (WorkerProcess worker = WorkerProcess.start(OnePeer.MAP, Jdk.here(), MapWorker.class)) {
            worker.fill(64);
            LoadFigures figures = worker.run(new LoadCell(LoadWorkload.GET, 2, 64), MOMENT, MOMENT);

            assertThat(figures.callsPerSecond()).isPositive();
        }
    }

    @Test
    void saysWhoseJvmDidNotStart() {
        assertThatThrownBy(() -> WorkerProcess.start(OnePeer.MAP, Jdk.here(), MapWorker.class, "fail"))
                .hasMessageStartingWith("The process of Map ended without an answer.");
    }
}
