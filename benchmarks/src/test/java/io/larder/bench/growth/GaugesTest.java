package io.larder.bench.growth;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.testkit.servers.RedisServer;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GaugesTest {

    private static final Set<Figure> BYTES_MOVED = Set.of(Figure.GET_MEGABYTES, Figure.PUT_MEGABYTES);

    private static final Duration MOMENT = Duration.ofMillis(20);
    private static final int NO_SERVER = 0;
    private static final int SIZE = 10;

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_NONE, names = ".*_REDIS")
    void measuresAllFiguresInProcessAndOnDisk(Curve curve) {
        assertAllMeasured(curve, NO_SERVER);
    }

    @Test
    void measuresAllFiguresOnRedis() {
        try (RedisServer server = RedisServer.start()) {
            assertAllMeasured(Curve.TAGS_REDIS, server.port());
            assertAllMeasured(Curve.CALLERS_REDIS, server.port());
            assertAllMeasured(Curve.VALUES_REDIS, server.port());
        }
    }

    private static void assertAllMeasured(Curve curve, int port) {
        Map<Figure, Double> figures = GrowthWorker.gauge(curve, port, MOMENT).of(SIZE);

        assertThat(figures).containsOnlyKeys(curve.topic().figures());
        assertThat(figures).allSatisfy((figure, value) -> {
            if (curve == Curve.VALUES_MEMORY && BYTES_MOVED.contains(figure)) {
                assertThat(value).isNaN();
            } else {
                assertThat(value).isPositive().isFinite();
            }
        });
    }
}
