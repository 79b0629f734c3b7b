package io.larder.cli;

import static io.larder.cli.Cli.larder;
import static org.assertj.core.api.Assertions.assertThat;

import io.larder.Cache;
import io.larder.Larder;
import io.larder.testkit.servers.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Counts of other Larders on the same backend, as those of other processes. */
@Timeout(60)
class StatsVerbTest {

    private static final Duration WAIT_MAX = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    @Test
    void countsOfAllWhoPublishAreSummedUp() {
        String url = "disk:" + folder;
        try (Larder one = Larder.open(url + "?publish-stats=1s");
                Larder other = Larder.open(url + "?publish-stats=1s");
                Larder silent = Larder.open(url)) {
            for (Larder larder : new Larder[] {one, other, silent}) {
                Cache<String, String> users =
                        larder.cache("users", String.class, String.class).build();
                users.get("absent");
                users.get("absent");
            }

            Await.until(
                    "both have published",
                    WAIT_MAX,
                    () -> larder("--url", url, "--json", "stats", "--cache", "users")
                            .out()
                            .contains("\"processes\":2,"));

            assertThat(larder("--url", url, "stats", "--cache", "users").lines())
                    .contains("processes     2", "misses        4", "hits          0");
            assertThat(larder("--url", url, "--json", "keys").out())
                    .as("what is published is not among the entries")
                    .isEmpty();
        }
    }

    /** With a program under load in a process of its own. */
    @Test
    void ratesAndTimesOfAProcessUnderLoad() throws IOException, InterruptedException {
        String url = "disk:" + folder;
        Process program = LoadedProgram.start(url + "?publish-stats=1s");
        try {
            List<String> heads = new ArrayList<>();
            // Before the second round is published there are no rates.
            Await.until("rates are told", WAIT_MAX, () -> {
                List<String> lines = larder("--url", url, "stats", "--watch", "500ms", "--times", "5")
                        .lines();
                heads.add(lines.get(0));
                return lines.get(5).matches(" +1 +[1-9]\\d*\\.\\d( +\\d+\\.\\d){4} +\\d+\\.\\d%( +\\d+\\.\\d\\dms){4}");
            });

            assertThat(heads.get(0)).contains("hits/s", "misses/s", "load p50", "call p99");
        } finally {
            program.destroyForcibly().waitFor();
        }
    }
}
