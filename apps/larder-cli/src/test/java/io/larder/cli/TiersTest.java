package io.larder.cli;

import static io.larder.cli.Cli.larder;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cache in tiers, by its URL. */
class TiersTest {

    @TempDir
    Path folder;

    private String url() {
        return "memory:?near-ttl=50ms | disk:" + folder + "?ttl=1h";
    }

    @Test
    void commandsShareTheLastTier() {
        larder("--url", url(), "set", "a", "1", "--tag", "x").prints();
        larder("--url", url(), "get", "a").prints("1");
        larder("--url", url(), "invalidate", "--tag", "x").prints("1");
        assertThat(larder("--url", url(), "get", "a").exit()).isEqualTo(Exit.MISS);
    }

    @Test
    void statsTellOfTheTiers() {
        Cli cli = larder(Map.of("LARDER_URL", url()), "set a 1\nget a\nget a\nstats\n", "shell");

        assertThat(cli.lines())
                .startsWith("1", "1")
                .anySatisfy(line -> assertThat(line).contains("tier 1", "memory:?near-ttl=50ms"));
        assertThat(cli.out()).contains("none, copies at most 50ms old");
    }

    @Test
    void aMisplacedParameterIsRefusedInOneLine() {
        assertThat(larder("--url", "memory:?ttl=5m | disk:" + folder, "ping").refusal())
                .startsWith("larder: 'ttl' of 'memory:?ttl=5m' is about the cache as a whole.");
    }
}
