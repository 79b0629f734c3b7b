package io.larder.cli;

import static io.larder.cli.Cli.larder;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DemoVerbTest {

    private static final String[] SMALL = {"demo", "--rows", "5000", "--reads", "300"};

    @Test
    void showsEveryStepWithItsQueries() {
        Cli cli = larder(Map.of("LARDER_URL", ""), "", SMALL);

        assertThat(cli.exit()).as(cli.err()).isZero();
        assertThat(cli.err()).isEmpty();
        assertThat(cli.lines().get(0))
                .startsWith("A cache on memory:?max=10k in front of H2: 5,000 orders of 25 users");
        assertThat(after(cli, "1. A cold read")).endsWith(" 1 query");
        assertThat(after(cli, "2. The same read again")).contains(" 0 queries");
        assertThat(after(cli, "3. 1,000 callers at once")).endsWith(" 1 query");
        assertThat(after(cli, "4. A change invalidates")).endsWith(" 5 entries, a whole team");
        assertThat(after(cli, "   invalidateTag")).endsWith(" 1 query");
        assertThat(after(cli, "5. An entry lives")).contains("gone after");
        assertThat(after(cli, "   gone after")).endsWith(" 1 query");
        assertThat(cli.out()).contains("database alone", "   through Larder ");
        assertThat(cli.out()).doesNotContain("\u001B").contains("Next: ");
    }

    @Test
    void showsTheNewSumAfterTheInvalidation() {
        String line = line(larder(SMALL), "   The user had spent");

        assertThat(line.replaceAll("had spent ([0-9.,]+);.*says \\1\\.$", "same"))
                .isEqualTo(line);
    }

    @Test
    void runsOnTheCacheItIsGiven() {
        Cli cli = larder(Map.of("LARDER_URL", "none:"), "", SMALL);

        assertThat(cli.exit()).as(cli.err()).isZero();
        assertThat(cli.lines().get(0)).startsWith("A cache on none: in front of H2");
        assertThat(after(cli, "4. A change invalidates")).contains(" 0 entries");
    }

    @Test
    void refusesTooFewRowsAndABadUrl() {
        assertThat(larder("demo", "--rows", "10").refusal()).contains("at least 5000 rows");
        assertThat(larder("demo", "--url", "memory:?mx=1").refusal()).contains("Did you mean 'max'?");
        assertThat(larder("demo", "--url", "down:passing").exit()).isEqualTo(3);
    }

    private static String after(Cli cli, String start) {
        List<String> lines = cli.lines();
        return lines.get(lines.indexOf(line(cli, start)) + 1);
    }

    private static String line(Cli cli, String start) {
        return cli.lines().stream()
                .filter(line -> line.startsWith(start))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No line '" + start + "' in\n" + cli.out()));
    }
}
