package io.larder.cli;

import static io.larder.cli.Cli.larder;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which cache a command is about. */
class WhereaboutsTest {

    private static final Map<String, String> NOWHERE = Map.of("LARDER_URL", "");

    @TempDir
    Path folder;

    private String config;

    @BeforeEach
    void write() throws IOException {
        config = Files.writeString(
                        folder.resolve("larder.yaml"),
                        String.join(
                                "\n",
                                "backends:",
                                "  default: 'memory:'",
                                "  main: disk:" + folder.resolve("main"),
                                "caches:",
                                "  users:",
                                "    backend: main",
                                "    ttl: 1h",
                                "    namespace: shop",
                                "  sessions:",
                                "    backend: main",
                                "    on-error: miss",
                                "profiles:",
                                "  testing:",
                                "    backends:",
                                "      main: disk:" + folder.resolve("testing"),
                                ""))
                .toString();
    }

    private Cli users(String... words) {
        List<String> all = new ArrayList<>(List.of("--config", config, "--cache", "users"));
        all.addAll(List.of(words));
        return larder(NOWHERE, "", all.toArray(String[]::new));
    }

    @Test
    void aCacheOfAConfigurationIsWhatProgramsSee() {
        users("set", "a", "1").prints();

        assertThat(users("entries").out()).matches("a\t1\t(1h|59m5\\ds)\t\n");
        larder("--url", "disk:" + folder.resolve("main"), "--cache", "users", "--namespace", "shop", "get", "a")
                .prints("1");
        assertThat(larder(NOWHERE, "", "--config", config, "--cache", "sessions", "keys")
                        .out())
                .isEmpty();
        assertThat(users("ping").out()).startsWith("ok cache 'users' of '" + config + "' ");
    }

    @Test
    void aProfileGoesOverIt() {
        users("set", "a", "1");

        assertThat(users("--profile", "testing", "get", "a").exit()).isEqualTo(1);
        assertThat(users("--profile", "tseting", "get", "a").refusal()).contains("No profile 'tseting'");
    }

    @Test
    void theVariableIsTheDefault() {
        users("set", "a", "1");

        larder(Map.of("LARDER_URL", "", "LARDER_CONFIG", config), "", "--cache", "users", "get", "a")
                .prints("1");
    }

    @Test
    void exportAndMigrateTakeItToo() {
        users("set", "a", "1");

        assertThat(users("export", "-").lines()).hasSize(1);
        assertThat(users("migrate", "--to", "disk:" + folder.resolve("target"), "--namespace", "shop")
                        .out())
                .startsWith("copied       1\n");
    }

    @Test
    void anUnknownCacheIsRefused() {
        assertThat(larder(NOWHERE, "", "--config", config, "--cache", "usrs", "keys")
                        .refusal())
                .contains("declares no cache 'usrs'. Did you mean 'users'? Known: users, sessions")
                .contains("Name it by --cache");
        assertThat(larder(NOWHERE, "", "--config", config, "keys").refusal()).contains("declares no cache 'default'.");
    }

    @Test
    void aBrokenConfigurationIsRefused() throws IOException {
        Files.writeString(Path.of(config), "backends:\n  default: 'memroy:'\n");

        assertThat(users("keys").refusal()).contains(":2: No backend for scheme 'memroy'");
    }

    @Test
    void aShellStaysOnItsCache() {
        Cli cli = larder(NOWHERE, "set a 1\nget a\n--cache x get a\n", "--config", config, "--cache", "users", "shell");

        assertThat(cli.out()).isEqualTo("1\n");
        assertThat(cli.err()).contains("A shell stays on the cache it was started on.");
    }
}
