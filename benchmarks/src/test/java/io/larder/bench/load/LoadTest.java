package io.larder.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.bench.worker.Crew;
import io.larder.bench.worker.Orders;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LoadTest {

    private static final Duration MOMENT = Duration.ofMillis(30);

    private final MapCache cache = new MapCache();
    private final Load load = new Load(cache, "7:", Crew.Kind.PLATFORM, () -> 7_000, () -> Double.NaN);

    @Test
    void fillsAllKeys() {
        load.fill(64);

        assertThat(cache.entries)
                .hasSize(LoadKeys.COUNT)
                .containsKeys("7:key-0", "7:key-9999")
                .allSatisfy((key, value) -> assertThat(value).hasSize(64));
    }

    @ParameterizedTest
    @EnumSource
    void measuresEveryWorkload(LoadWorkload workload) {
        load.fill(64);

        LoadFigures figures = load.run(new LoadCell(workload, 4, 64), MOMENT, MOMENT);

        assertThat(figures.callsPerSecond()).isGreaterThan(1_000);
        assertThat(figures.p50Micros()).isPositive().isLessThanOrEqualTo(figures.p99Micros());
        assertThat(figures.clientMicros()).isZero();
        assertThat(figures.serverMicros()).isNaN();
    }

    @Test
    void missesOnceInTwentyReadThroughs() {
        load.fill(64);

        load.run(new LoadCell(LoadWorkload.READ_THROUGH, 1, 64), MOMENT, MOMENT);

        // Each of the two phases sets off with a miss.
        int calls = cache.readThroughs.get();
        assertThat(cache.loads.get()).isBetween(calls / LoadKeys.MISS_EVERY, calls / LoadKeys.MISS_EVERY + 2);
    }

    @Test
    void noticesALostKey() {
        load.fill(64);
        cache.entries.clear();

        for (LoadWorkload workload : List.of(LoadWorkload.GET, LoadWorkload.GET_ALL, LoadWorkload.READ_THROUGH)) {
            assertThatThrownBy(() -> load.run(new LoadCell(workload, 2, 64), MOMENT, MOMENT))
                    .hasMessage("A call failed on one of 2 threads")
                    .cause()
                    .hasMessageEndingWith("Its reads cannot be compared");
        }
    }

    @Test
    void noticesAValueOfAnotherSize() {
        load.fill(64);

        assertThatThrownBy(() -> load.run(new LoadCell(LoadWorkload.GET, 1, 1_024), MOMENT, MOMENT))
                .cause()
                .hasMessageMatching("Key '7:key-\\d+' had a value of 64 bytes where one of 1024 had been put.*");
    }

    @Test
    void servesOrdersLineByLine() throws Exception {
        LoadCell cell = new LoadCell(LoadWorkload.PUT, 2, 64);
        String orders = Worker.fill(64) + "\n" + Worker.run(cell, MOMENT, MOMENT) + "\n";
        ByteArrayOutputStream answers = new ByteArrayOutputStream();

        Worker.serve(
                cache,
                "7:",
                Crew.Kind.PLATFORM,
                ProcessHandle.current().pid(),
                new ByteArrayInputStream(orders.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(answers, true, StandardCharsets.UTF_8));

        List<String> lines = answers.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines).hasSize(3).startsWith(Orders.READY, "");
        LoadFigures figures = LoadFigures.parse(lines.get(2));
        assertThat(figures.callsPerSecond()).isPositive();
        assertThat(figures.csv()).isEqualTo(lines.get(2));
    }
}
