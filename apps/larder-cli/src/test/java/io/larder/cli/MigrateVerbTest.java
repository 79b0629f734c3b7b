package io.larder.cli;

import static io.larder.cli.Cli.larder;
import static org.assertj.core.api.Assertions.assertThat;

import io.larder.testkit.servers.MemcachedServer;
import io.larder.testkit.servers.RedisServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies between real backends. */
class MigrateVerbTest {

    @TempDir
    Path folder;

    private String source;
    private String target;

    @BeforeEach
    void nameFolders() {
        source = "disk:" + folder.resolve("source");
        target = "disk:" + folder.resolve("target");
    }

    private Cli migrate(String... options) {
        List<String> all = new ArrayList<>(List.of("migrate", "--from", source, "--to", target));
        all.addAll(List.of(options));
        return larder(all.toArray(String[]::new));
    }

    private static Cli at(String url, String... words) {
        List<String> all = new ArrayList<>(List.of("--url", url));
        all.addAll(List.of(words));
        Cli cli = larder(all.toArray(String[]::new));
        assertThat(cli.err()).isEmpty();
        return cli;
    }

    private static void fill(String url) {
        at(url, "set", "user:1", "{\"name\":  \"Ann\"}", "--ttl", "1h", "--tag", "team:7");
        at(url, "set", "user:2", "Bob", "--tag", "team:7", "--tag", "team:8");
        at(url, "set", "nothing", "null");
        at(url, "incr", "visits", "--by", "41");
    }

    /** Checks that the source's entries, and nothing else, are there. */
    private static void checkFilled(String url) {
        assertThat(at(url, "keys").lines()).containsExactlyInAnyOrder("user:1", "user:2", "nothing", "visits");
        assertThat(at(url, "entries", "user:1").out()).matches("user:1\t\\{\"name\":\"Ann\"}\t(1h|59m\\d+s)\tteam:7\n");
        at(url, "entries", "user:2").prints("user:2\t\"Bob\"\tnever\tteam:7,team:8");
        at(url, "get", "nothing").prints("null");
        at(url, "incr", "visits").prints("42");
        at(url, "invalidate", "--tag", "team:7").prints("2");
    }

    private static String counts(String... shown) {
        Map<String, String> counts = new LinkedHashMap<>();
        for (String fate : List.of("copied", "equal", "kept", "invalidated", "gone", "unreadable", "refused")) {
            counts.put(fate, "0");
        }
        for (String pair : shown) {
            int equals = pair.indexOf('=');
            counts.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        return String.join("\n", Columns.aligned(counts)) + "\n";
    }

    @Test
    void copiesTtlTagsNothingAndCounters() {
        fill(source);

        assertThat(migrate()).isEqualTo(new Cli(0, counts("copied=4"), ""));

        checkFilled(target);
        checkFilled(source);
    }

    @Test
    void aSecondRunSkipsWhatIsEqual() {
        fill(source);
        migrate();
        at(source, "set", "new", "1");

        assertThat(migrate("--verify"))
                .isEqualTo(new Cli(0, counts("copied=1", "equal=4", "missing=0", "different=0", "extra=0"), ""));
    }

    @Test
    void whatTheTargetHasStaysUnlessItIsToBeReplaced() {
        at(source, "set", "a", "1");
        at(target, "set", "a", "2");

        assertThat(migrate()).isEqualTo(new Cli(0, counts("kept=1"), ""));
        at(target, "get", "a").prints("2");
        assertThat(migrate("--overwrite")).isEqualTo(new Cli(0, counts("copied=1"), ""));
        at(target, "get", "a").prints("1");
    }

    @Test
    void verifyCountsDifferencesAndNamesTheFirst() {
        at(source, "set", "same", "1");
        at(source, "set", "ttl", "1", "--ttl", "1h");
        at(target, "set", "ttl", "1");
        for (int i = 0; i < 20; i++) {
            at(target, "set", "more " + i, "1");
        }

        Cli cli = migrate("--verify");

        assertThat(cli.exit()).isEqualTo(1);
        assertThat(cli.out())
                .startsWith(counts("copied=1", "kept=1", "missing=0", "different=1", "extra=20") + "different\tttl\n");
        assertThat(cli.lines().subList(10, cli.lines().size()))
                .hasSize(10)
                .endsWith(cli.lines().get(19))
                .allMatch(line -> line.startsWith("different\tttl") || line.startsWith("extra\tmore "));
        assertThat(migrate("--verify", "--json").out())
                .startsWith("{\"copied\":0,\"equal\":1,\"kept\":1,")
                .contains("\"differences\":[{");
    }

    @Test
    void aPatternANamespaceAndACacheChooseWhatIsCopied() {
        fill(source);
        larder("--namespace", "shop", "--url", source, "set", "user:3", "Cem");

        assertThat(migrate("--match", "user:*").out()).isEqualTo(counts("copied=2"));
        assertThat(at(target, "keys").lines()).containsExactlyInAnyOrder("user:1", "user:2");
        assertThat(migrate("--namespace", "shop").out()).isEqualTo(counts("copied=1"));
        assertThat(migrate("--cache", "users").out()).isEqualTo(counts());
    }

    @Test
    void withoutFromItCopiesWhatOtherCommandsSee() {
        fill(source);

        assertThat(larder(Map.of("LARDER_URL", source), "", "migrate", "--to", target)
                        .out())
                .isEqualTo(counts("copied=4"));
    }

    @Test
    void memoryHasNothingToCopy() {
        assertThat(larder("migrate", "--from", "memory:", "--to", target).out()).isEqualTo(counts());
    }

    @Test
    void aPersonSeesABar() {
        fill(source);

        Cli cli = larder(true, Map.of(), "", "migrate", "--from", source, "--to", target);

        assertThat(cli.out()).isEqualTo(counts("copied=4"));
        assertThat(cli.err())
                .contains("\rcopying [..............................]   0 % of 4")
                .contains("\rcopying [##############################] 100 % of 4")
                .endsWith("\r");
    }

    @Test
    void whatIsRefusedIsToldAndNotDone() {
        fill(source);
        target += "?max-value=20B";
        at(source, "set", "large", "more than twenty bytes");

        Cli cli = migrate();

        assertThat(cli.exit()).isEqualTo(1);
        assertThat(cli.out()).isEqualTo(counts("copied=4", "refused=1"));
        assertThat(cli.err().lines())
                .singleElement()
                .satisfies(line -> assertThat(line).startsWith("larder: 'large' is refused: "));
    }

    @Test
    void aBackendThatIsDownExitsWith3() {
        assertThat(larder("migrate", "--from", "down:passing", "--to", target))
                .isEqualTo(new Cli(3, "", "larder: Cannot reach down:passing. Start the server.\n"));
    }

    @Nested
    class Servers {

        @Test
        void passOnWhatTheyHave() {
            try (RedisServer redis = RedisServer.start();
                    MemcachedServer memcached = MemcachedServer.start()) {
                fill(source);

                assertThat(hop(source, "redis://" + redis.address())).isEqualTo(hopped());
                assertThat(hop("redis://" + redis.address(), "memcached://" + memcached.address()))
                        .isEqualTo(hopped());
                assertThat(hop("memcached://" + memcached.address(), target)).isEqualTo(hopped());

                checkFilled("redis://" + redis.address());
                checkFilled("memcached://" + memcached.address());
                checkFilled(target);
            }
        }

        private static Cli hop(String from, String to) {
            return larder("migrate", "--from", from, "--to", to, "--verify");
        }

        private static Cli hopped() {
            return new Cli(0, counts("copied=4", "missing=0", "different=0", "extra=0"), "");
        }

        @Test
        void whatIsNoFrameIsUnreadable() {
            try (RedisServer redis = RedisServer.start()) {
                redis.command("SET", "larder::default:1:e:a", "written by somebody else");

                assertThat(larder("migrate", "--from", "redis://" + redis.address(), "--to", target, "--verify"))
                        .isEqualTo(new Cli(0, counts("unreadable=1", "missing=0", "different=0", "extra=0"), ""));
            }
        }
    }
}
