package io.larder.cli;

import static io.larder.cli.Cli.larder;
import static org.assertj.core.api.Assertions.assertThat;

import io.larder.testkit.servers.MemcachedGroup;
import io.larder.testkit.servers.MemcachedServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The verbs on real servers, where each command finds what another one left. */
class MemcachedVerbsTest {

    private static MemcachedGroup servers;

    @BeforeAll
    static void start() {
        servers = MemcachedGroup.start(2);
    }

    @AfterAll
    static void stop() {
        servers.close();
    }

    @BeforeEach
    void empty() {
        servers.servers().forEach(server -> server.ask("flush_all"));
    }

    @Test
    void everyVerbSeesWhatAnotherCommandDid() {
        memcached("set", "user:1", "{\"name\": \"Ann\"}", "--ttl", "1h", "--tag", "team:7")
                .prints();
        memcached("set", "user:2", "Bob", "--if-absent").prints();
        assertThat(memcached("set", "user:2", "Cem", "--if-absent").exit()).isEqualTo(1);
        memcached("set", "user:2", "Cem", "--if-present").prints();

        memcached("get", "user:2").prints("Cem");
        memcached("--json", "get", "user:2").prints("\"Cem\"");
        memcached("exists", "user:1").prints("true");
        assertThat(memcached("find", "user:1").lines())
                .contains("key    user:1", "value  {\"name\":\"Ann\"}", "tags   team:7");
        assertThat(memcached("keys", "user:*").lines()).containsExactlyInAnyOrder("user:1", "user:2");
        assertThat(memcached("entries", "--tag", "team:7").out())
                .matches("user:1\t\\{\"name\":\"Ann\"}\t(1h|59m\\d+s)\tteam:7\n");
        memcached("expire", "user:1", "never").prints();
        memcached("entries", "user:1").prints("user:1\t{\"name\":\"Ann\"}\tnever\tteam:7");
        memcached("incr", "visits", "--by", "5").prints("5");
        memcached("incr", "visits").prints("6");
        memcached("get", "visits").prints("6");
        memcached("invalidate", "--match", "user:*").prints("2");
        memcached("del", "visits", "user:1").prints("1");
        memcached("keys").prints();
    }

    @Test
    void anInvalidatedTagLeavesNothing() {
        memcached("set", "k", "{\"a\":1}", "--ttl", "60s", "--tag", "t");
        memcached("set", "l", "2", "--tag", "t", "--tag", "u");

        memcached("invalidate", "--tag", "t").prints("2");

        assertThat(memcached("get", "k")).isEqualTo(new Cli(1, "", ""));
        memcached("entries", "--tag", "u").prints();
    }

    @Test
    void clearLeavesOtherNamespacesAlone() {
        memcached("--namespace", "shop", "set", "a", "1").prints();
        memcached("set", "a", "2").prints();

        memcached("clear", "--yes").prints();

        memcached("--namespace", "shop", "get", "a").prints("1");
        memcached("keys").prints();
    }

    @Test
    void pingAndStatsTellOfTheServers() {
        assertThat(memcached("ping").out()).matches("ok \\Q" + url() + "\\E \\d+\\.\\d\\d ms\n");
        assertThat(memcached("stats").lines())
                .contains("url               " + url(), "entries           unknown")
                .anyMatch(line -> line.startsWith("limit-maxbytes    "));
    }

    @Test
    void aShellKeepsOneConnection() {
        Cli cli = larder(Map.of(), "set a 1\nget a\nget b\ninvalidate --match *\n", "--url", url(), "shell");

        assertThat(cli).isEqualTo(new Cli(0, "1\n1\n", "(miss)\n"));
    }

    @Test
    void aValueThatCannotBeReadIsAMissThatSaysWhy() {
        for (MemcachedServer server : servers.servers()) {
            server.ask("set larder::default:1:e:a 0 0 24\r\nwritten by somebody else");
        }

        Cli cli = memcached("get", "a");

        assertThat(cli.exit()).isEqualTo(1);
        assertThat(cli.err()).startsWith("larder: 'a' counts as a miss: The 24 bytes are no frame");
    }

    @Test
    void whatTheServerWouldNotKeepIsBadUsage() {
        assertThat(memcached("set", "a", "x".repeat(2_000_000)).refusal())
                .startsWith("larder: Cannot store key 'a'")
                .contains("'chunk=true'");
        memcached("set", "a", "hello");
        assertThat(memcached("incr", "a").refusal()).startsWith("larder: Cannot count at key 'a'");
        memcached("get", "a").prints("hello");
    }

    @Test
    void theDemoRunsOnIt() {
        Cli cli = memcached("demo", "--rows", "5000", "--reads", "300");

        assertThat(cli.exit()).as(cli.err()).isZero();
        assertThat(cli.lines().get(0)).startsWith("A cache on " + url() + " in front of H2: 5,000 orders");
    }

    private static String url() {
        return "memcached://" + servers.address();
    }

    /** Runs one command on the servers. */
    private static Cli memcached(String... words) {
        List<String> all = new ArrayList<>(List.of("--url", url()));
        all.addAll(List.of(words));
        return larder(all.toArray(String[]::new));
    }
}
