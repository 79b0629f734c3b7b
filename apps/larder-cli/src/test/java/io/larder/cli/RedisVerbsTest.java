package io.larder.cli;

import static io.larder.cli.Cli.larder;
import static org.assertj.core.api.Assertions.assertThat;

import io.larder.testkit.servers.RedisServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The verbs on a real server, where each command finds what another one left. */
class RedisVerbsTest {

    private static RedisServer server;

    @BeforeAll
    static void start() {
        server = RedisServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void empty() {
        server.command("FLUSHALL");
    }

    @Test
    void aTaggedSetLeavesOneExpiringValueAndItsTag() {
        redis("set", "k", "{\"a\":1}", "--ttl", "60s", "--tag", "t").prints();

        assertThat(serverKeys()).containsExactlyInAnyOrder("larder::default:1:e:k", "larder::default:1:t:t");
        assertThat(serverKeys()).allSatisfy(key -> assertThat(millisLeft(key)).isBetween(1L, 61_000L));
        redis("get", "k").prints("{\"a\":1}");
    }

    @Test
    void anInvalidatedTagLeavesNothing() {
        redis("set", "k", "{\"a\":1}", "--ttl", "60s", "--tag", "t");
        redis("set", "l", "2", "--tag", "t", "--tag", "u");

        redis("invalidate", "--tag", "t").prints("2");

        assertThat(serverKeys()).isEmpty();
        assertThat(redis("get", "k")).isEqualTo(new Cli(1, "", ""));
    }

    @Test
    void everyVerbSeesWhatAnotherCommandDid() {
        redis("set", "user:1", "{\"name\": \"Ann\"}", "--ttl", "1h", "--tag", "team:7")
                .prints();
        redis("set", "user:2", "Bob", "--if-absent").prints();
        assertThat(redis("set", "user:2", "Cem", "--if-absent").exit()).isEqualTo(1);
        redis("set", "user:2", "Cem", "--if-present").prints();

        redis("get", "user:2").prints("Cem");
        redis("--json", "get", "user:2").prints("\"Cem\"");
        redis("exists", "user:1").prints("true");
        assertThat(redis("find", "user:1").lines())
                .contains("key    user:1", "value  {\"name\":\"Ann\"}", "tags   team:7");
        assertThat(redis("keys", "user:*").lines()).containsExactlyInAnyOrder("user:1", "user:2");
        assertThat(redis("entries", "--tag", "team:7").out())
                .matches("user:1\t\\{\"name\":\"Ann\"}\t(1h|59m\\d+s)\tteam:7\n");
        redis("expire", "user:1", "never").prints();
        redis("entries", "user:1").prints("user:1\t{\"name\":\"Ann\"}\tnever\tteam:7");
        redis("incr", "visits", "--by", "5").prints("5");
        redis("incr", "visits").prints("6");
        redis("get", "visits").prints("6");
        redis("invalidate", "--match", "user:*").prints("2");
        redis("del", "visits", "user:1").prints("1");
        assertThat(serverKeys()).isEmpty();
    }

    @Test
    void clearLeavesOtherNamespacesAlone() {
        redis("--namespace", "shop", "set", "a", "1").prints();
        redis("set", "a", "2").prints();

        redis("clear", "--yes").prints();

        redis("--namespace", "shop", "get", "a").prints("1");
        redis("keys").prints();
    }

    @Test
    void pingAndStatsTellOfTheServer() {
        assertThat(redis("ping").out()).matches("ok \\Q" + url() + "\\E \\d+\\.\\d\\d ms\n");
        assertThat(redis("stats").lines())
                .contains("url                " + url(), "entries            unknown")
                .anyMatch(line -> line.startsWith("redis-version      "));
    }

    @Test
    void aShellKeepsOneConnection() {
        Cli cli = larder(Map.of(), "set a 1\nget a\nget b\ninvalidate --match *\n", "--url", url(), "shell");

        assertThat(cli).isEqualTo(new Cli(0, "1\n1\n", "(miss)\n"));
    }

    @Test
    void theUrlMayComeFromTheVariable() {
        redis("set", "a", "1");

        assertThat(larder(Map.of("LARDER_URL", url()), "", "get", "a").out()).isEqualTo("1\n");
    }

    @Test
    void aValueThatCannotBeReadIsAMissThatSaysWhy() {
        server.command("SET", "larder::default:1:e:a", "written by somebody else");

        Cli cli = redis("get", "a");

        assertThat(cli.exit()).isEqualTo(1);
        assertThat(cli.out()).isEmpty();
        assertThat(cli.err().lines())
                .singleElement()
                .satisfies(
                        line -> assertThat(line).startsWith("larder: 'a' counts as a miss: The 24 bytes are no frame"));
    }

    @Test
    void whatTheServerWouldNotKeepIsBadUsage() {
        assertThat(larder("--url", url() + "?max-value=10B", "set", "a", "more than ten bytes")
                        .refusal())
                .startsWith("larder: Cannot store key 'a'")
                .contains("'max-value' allows 10");
        redis("set", "a", "hello");
        assertThat(redis("incr", "a").refusal()).startsWith("larder: Cannot count at key 'a'");
        redis("get", "a").prints("hello");
    }

    @Test
    void theDemoRunsOnIt() {
        Cli cli = redis("demo", "--rows", "5000", "--reads", "300");

        assertThat(cli.exit()).as(cli.err()).isZero();
        assertThat(cli.lines().get(0)).startsWith("A cache on " + url() + " in front of H2: 5,000 orders");
        assertThat(serverKeys()).isEmpty();
    }

    private static String url() {
        return "redis://" + server.address() + "/0";
    }

    /** Runs one command on the server. */
    private static Cli redis(String... words) {
        List<String> all = new ArrayList<>(List.of("--url", url()));
        all.addAll(List.of(words));
        return larder(all.toArray(String[]::new));
    }

    private static List<String> serverKeys() {
        return server.command("KEYS", "*").texts();
    }

    private static long millisLeft(String key) {
        return server.command("PTTL", key).number();
    }
}
