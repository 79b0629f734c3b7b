package io.larder.cli;

import static io.larder.cli.Cli.larder;
import static io.larder.cli.Cli.shell;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What scripts rely on: exit codes, which stream, one line for each error. */
class ContractTest {

    @Test
    void aScriptOfLinesSharesOneCache() {
        Cli cli = larder(Map.of(), """
                set a {"n":1} --ttl 1h --tag x
                set b 2 --tag x
                entries --tag x
                invalidate --tag x
                get a
                incr c --by 5
                """, "--url", "memory:", "shell");

        assertThat(cli.exit()).isZero();
        assertThat(cli.lines().subList(0, 2)).containsExactlyInAnyOrder("a\t{\"n\":1}\t1h\tx", "b\t2\tnever\tx");
        assertThat(cli.lines().subList(2, cli.lines().size())).containsExactly("2", "5");
        assertThat(cli.err()).isEqualTo("(miss)\n");
    }

    @Test
    void anUnknownParameterIsToldTheNearestOne() {
        assertThat(larder("--url", "memory:?mx=5", "ping").refusal())
                .startsWith("larder: Unknown parameter 'mx' in 'memory:?mx=5'. Did you mean 'max'? Known: max, ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    memori:                     | No backend for scheme 'memori' of 'memori:'. Did you mean 'memory'?
                    rediss://u:secret@h:1/0/9   | 'rediss://u:***@h:1/0/9' goes on after the database.
                    not a url                   | Expected 'scheme:…' such as 'memory:?max=10k'
                    memory:?max=10x             | 'max' of 'memory:?max=10x' must be a count such as '500', '10k'
                    memory:?max=-1              | must be a count
                    memory:?ttl=5               | 'ttl' of 'memory:?ttl=5' must be a duration with a unit
                    memory:?ttl=-5s             | must be a duration with a unit
                    memory:?max-weight=64       | must be a size with a unit
                    memory:?max=%zz             | Bad escape in 'memory:?max=%zz'.
                    memory:?max                 | Expected 'name=value' but found 'max'
                    memory:?max=1&max=2         | Parameter 'max' stands twice
                    """)
    void aBadUrlIsRefusedInOneLine(String url, String expected) {
        assertThat(larder("--url", url, "get", "a").refusal())
                .contains(expected)
                .doesNotContain("secret");
        assertThat(larder("--url", url, "shell").refusal()).contains(expected);
        assertThat(larder(Map.of("LARDER_URL", url), "", "ping").refusal()).contains(expected);
    }

    @Test
    void badUsageIsRefusedInOneLineThatSaysWhatToType() {
        assertThat(larder().refusal()).startsWith("larder: No verb. Known: demo, shell, get,");
        assertThat(larder("--namespace", "get").refusal())
                .startsWith("larder: Expected parameter for option '--namespace' but found 'get'.");
        assertThat(larder("gett", "a").refusal())
                .startsWith("larder: Unknown verb 'gett'. Did you mean 'get'?")
                .endsWith(" Try 'larder --help'.");
        assertThat(larder("set", "a", "1", "--tll", "1s").refusal())
                .startsWith("larder: Unknown option '--tll'. Did you mean '--ttl'?")
                .endsWith(" Try 'larder set --help'.");
        assertThat(larder("get").refusal())
                .isEqualTo("larder: Missing required parameter: 'KEY'. Try 'larder get --help'.");
        assertThat(larder("get", "a", "b").refusal())
                .isEqualTo("larder: 'b' is one word too many. Try 'larder get --help'.");
        assertThat(larder("--url").refusal()).contains("Missing required parameter for option '--url'");
        assertThat(larder("invalidate").refusal())
                .isEqualTo("larder: It takes one of '--tag T' and '--match GLOB'. Try 'larder invalidate --help'.");
        assertThat(larder("invalidate", "--tag", "a", "--match", "b").refusal()).startsWith("larder: It takes one of");
        assertThat(larder("incr", "a", "--by", "x").refusal()).contains("'x' is not a long");
        assertThat(larder("keys", "--limit", "0").refusal()).contains("--limit must be at least 1, was 0");
        assertThat(larder("keys", "[a").refusal()).contains("Unclosed '['");
        assertThat(larder("get", "a\nb", "c\nd").refusal()).contains("'c d' is one word too many");
        assertThat(larder("migrate").refusal()).contains("Missing required option: '--to=URL'");
        assertThat(larder("migrate", "--url", "memory:", "--from", "memory:", "--to", "memory:")
                        .refusal())
                .contains("'--from' and '--url' both name the source. Keep one.");
        assertThat(larder("migrate", "--to", "memory:?codec=string").refusal())
                .contains("The source's codec is 'json', the target's 'string'");
        assertThat(larder("migrate", "--to", "none:").refusal())
                .contains("Cannot copy from or to 'none:'", "Name another backend");
        assertThat(larder("stats", "--watch", "0s").refusal()).contains("'--watch' must be from 100ms to 1h, was '0s'");
        assertThat(larder("--json", "demo").refusal()).contains("Leave '--json' out");
        assertThat(larder("--config", "larder.yaml", "demo").refusal()).contains("Leave '--config' out");
        assertThat(larder("--output", "tabl", "keys").refusal())
                .contains("No output format 'tabl'. Did you mean 'table'? Known: table, json, csv");
        assertThat(larder("--json", "--output", "csv", "keys").refusal()).contains("two formats. Keep one.");
        assertThat(larder("--url", "memory:", "--config", "larder.yaml", "keys").refusal())
                .contains("'--url' and '--config' both say where the cache is. Keep one.");
        assertThat(larder("--profile", "testing", "keys").refusal()).contains("Name one by '--config FILE'.");
        assertThat(larder("search", "a", "--limit", "0").refusal()).contains("--limit must be at least 1");
        assertThat(larder("warm", "none.csv").refusal()).contains("Cannot read 'none.csv'. Name a file that is there.");
        assertThat(larder("warm", "-").refusal()).contains("Say so by --format.");
        assertThat(larder("import", "none.jsonl").refusal()).contains("Cannot read 'none.jsonl'.");
        assertThat(larder("export", "/none/a.jsonl").refusal()).contains("Cannot write '/none/a.jsonl'");
        assertThat(larder("completion", "bsh").refusal())
                .contains("Cannot complete in 'bsh'. Did you mean 'bash'? Known: bash, zsh.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "-5s", "5 s", "", "1y", "soon"})
    void aTtlNeedsAUnitAndNoSign(String ttl) {
        String expected = "must be a duration with a unit (ms, s, m, h, d) such as '90s' or '1h30m', or 'never', was '"
                + ttl + "'. Try 'larder ";

        assertThat(larder("set", "a", "1", "--ttl", ttl).refusal()).contains(expected);
        assertThat(larder("expire", "a", ttl).refusal()).contains(expected);
        assertThat(larder("incr", "a", "--ttl", ttl).refusal()).contains(expected);
    }

    @Nested
    class GlobalOptions {

        @Test
        void standBeforeOrAfterTheVerb() {
            assertThat(larder("--url", "memory:?max=7", "--json", "ping").out()).contains("memory:?max=7");
            assertThat(larder("ping", "--url", "memory:?max=7", "--json").out()).contains("\"memory:?max=7\"");
        }

        @Test
        void theVariableIsTheDefaultOfTheUrl() {
            Map<String, String> environment = Map.of("LARDER_URL", "none:");

            assertThat(larder(environment, "", "ping").out()).startsWith("ok none: ");
            assertThat(larder(environment, "", "ping", "--url", "memory:").out())
                    .startsWith("ok memory: ");
        }

        @Test
        void aNamespaceIsAccepted() {
            assertThat(larder(Map.of(), "set a 1\nget a\n", "--namespace", "shop", "shell")
                            .out())
                    .isEqualTo("1\n");
        }

        @Test
        void whatABackendCannotDoIsBadUsage() {
            assertThat(larder("--url", "none:", "incr", "a").refusal()).contains("cannot keep counters");
        }
    }

    @Nested
    class DownBackends {

        @Test
        void exitWith3() {
            for (String verb :
                    new String[] {"get a", "set a 1", "del a", "exists a", "find a", "ping", "stats", "keys"}) {
                Cli cli = larder(("--url down:passing " + verb).split(" "));

                assertThat(cli)
                        .as(verb)
                        .isEqualTo(new Cli(3, "", "larder: Cannot reach down:passing. Start the server.\n"));
            }
        }

        @Test
        void healthExitsWith3AndSaysWhy() {
            Cli cli = larder("--url", "down:passing", "health");

            assertThat(cli.exit()).isEqualTo(3);
            assertThat(cli.err()).isEmpty();
            assertThat(cli.lines())
                    .contains("status           down")
                    .anyMatch(line -> line.startsWith("problems         down:passing did not answer a ping: "));
        }

        @Test
        void exitWith3TooWhenItWillNotPassByItself() {
            assertThat(larder("--url", "down:lasting", "set", "a", "1"))
                    .isEqualTo(new Cli(3, "", "larder: Cannot reach down:lasting. Start the server.\n"));
        }

        @Test
        void aShellGoesOnAndEndsWithTheWorst() {
            Cli cli = larder(Map.of(), "get a\nfoo\nget\n", "--url", "down:passing", "shell");

            assertThat(cli.exit()).isEqualTo(3);
            assertThat(cli.err().lines()).hasSize(3);
        }

        @Test
        void mayCountAsMissesWhenTheUrlSaysSo() {
            assertThat(larder("--url", "down:passing?on-error=miss", "get", "a").exit())
                    .isEqualTo(1);
        }
    }

    @Nested
    class Help {

        @Test
        void isAResult() {
            assertThat(larder("--help").exit()).isZero();
            assertThat(larder("--help").out()).contains("Verbs:", "\n  entries     Prints the entries that match");
            assertThat(larder("--version").out()).startsWith("larder ");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "demo",
                    "shell",
                    "get",
                    "set",
                    "del",
                    "exists",
                    "find",
                    "expire",
                    "incr",
                    "keys",
                    "entries",
                    "search",
                    "invalidate",
                    "clear",
                    "warm",
                    "export",
                    "import",
                    "migrate",
                    "config",
                    "ping",
                    "health",
                    "stats",
                    "completion"
                })
        void everyVerbHasAnExample(String verb) {
            Cli cli = larder(verb, "--help");

            assertThat(cli.exit()).isZero();
            assertThat(cli.out())
                    .contains("Usage: larder " + verb, "Description:", "Options:", "Exit codes:", "Example")
                    .contains("--url=URL", "--config=FILE", "--cache=NAME", "--output=FORMAT");
            assertThat(cli.out().lines()).allMatch(line -> line.length() <= 100);
        }

        @Test
        void helpIsAlsoAWord() {
            assertThat(larder("help").out()).isEqualTo(larder("--help").out()).contains("Verbs:");
            assertThat(larder("help", "get").out())
                    .isEqualTo(larder("get", "--help").out())
                    .contains("Prints the value.");
        }
    }

    @Nested
    class Shell {

        @Test
        void aFailingLineDoesNotEndIt() {
            Cli cli = shell("set a", "", "  ", "set a 'x", "set a 1", "get a");

            assertThat(cli.exit()).isEqualTo(2);
            assertThat(cli.out()).isEqualTo("1\n");
            assertThat(cli.err().lines())
                    .containsExactly(
                            "larder: line 1: Missing required parameter: 'VALUE'. Try 'set --help'.",
                            "larder: line 4: The quote at character 7 is not closed. Write ' where the word ends");
        }

        @Test
        void exitEndsIt() {
            shell("set a 1", "exit", "get a").prints();
        }

        @Test
        void anOptionHoldsForItsLineOnly() {
            shell("set a x --tag t --ttl 1h", "--json get a", "get a", "set a y", "entries")
                    .prints("\"x\"", "x", "a\t\"y\"\tnever\t");
        }

        @Test
        void staysOnItsCache() {
            assertThat(shell("--url none: get a").err()).contains("A shell stays on the cache it was started on.");
            assertThat(shell("--namespace x get a").err()).contains("A shell stays on the cache it was started on.");
            assertThat(shell("shell").err()).contains("Unknown verb 'shell'.");
        }

        @Test
        void helpsInside() {
            assertThat(shell("help").out()).contains("Verbs:").doesNotContain("demo");
            assertThat(shell("help get").out()).contains("Prints the value.");
        }

        @Test
        void promptsAPersonOnly() {
            Cli cli = larder(true, Map.of(), "set a 1\nget a\nfoo\n", "shell");

            assertThat(cli.out()).isEqualTo("larder> larder> 1\nlarder> larder> \n");
            assertThat(cli.err()).startsWith("larder: Unknown verb 'foo'.");
        }
    }
}
