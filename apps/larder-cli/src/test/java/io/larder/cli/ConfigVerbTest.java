package io.larder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigVerbTest {

    @TempDir
    Path folder;

    private Cli config(Map<String, String> environment, String... words) {
        Map<String, String> variables = new HashMap<>(Map.of("LARDER_URL", ""));
        variables.putAll(environment);
        List<String> all = new ArrayList<>(List.of("config"));
        all.addAll(List.of(words));
        Cli cli = Cli.larder(variables, "", all.toArray(String[]::new));
        return new Cli(
                cli.exit(), cli.out().replace(folder + "/", ""), cli.err().replace(folder + "/", ""));
    }

    private Cli config(String... words) {
        return config(Map.of(), words);
    }

    private String file(String... lines) throws IOException {
        return Files.writeString(folder.resolve("larder.yaml"), String.join("\n", lines) + "\n")
                .toString();
    }

    private String sound() throws IOException {
        return file(
                "backends:",
                "  default: memory:?max=10k",
                "  main: ${REDIS_URL:redis://app:geheim@localhost:6379/0}",
                "caches:",
                "  users:",
                "    backend: main",
                "    ttl: 5m",
                "profiles:",
                "  testing:",
                "    backends:",
                "      main: 'memory:'");
    }

    @Test
    void whatCanWorkIsOk() throws IOException {
        config("check", sound()).prints("ok");
        config("check", sound(), "--profile", "testing").prints("ok");
        config(Map.of("LARDER_CONFIG", sound()), "check").prints("ok");
    }

    @Test
    void everyMistakeIsToldWithItsLine() throws IOException {
        String broken = file(
                "backends:",
                "  default: memroy:?max=10k",
                "caches:",
                "  users:",
                "    ttl: 5",
                "    backend: main",
                "profiles:",
                "  production:",
                "    defaults: {namspace: shop}",
                "  testing:",
                "    caches: {users: {jitter: 2}}");

        Cli cli = config("check", broken);

        assertThat(cli.exit()).isEqualTo(2);
        assertThat(cli.out()).isEmpty();
        assertThat(cli.err().lines())
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line)
                                .startsWith(
                                        "larder.yaml:2: No backend for scheme 'memroy' of 'memroy:?max=10k'. Did you mean 'memory'?"),
                        line -> assertThat(line).startsWith("larder.yaml:5: 'ttl' must be a duration with a unit"),
                        line -> assertThat(line).isEqualTo("larder.yaml:6: No backend 'main'. Known: default."),
                        line -> assertThat(line)
                                .startsWith(
                                        "larder.yaml:9: Unknown key 'namspace' of 'defaults'. Did you mean 'namespace'?"),
                        line -> assertThat(line).startsWith("larder.yaml:11: 'jitter' must be a share from 0 to 1"));
        assertThat(config("check", broken, "--profile", "testing").err().lines())
                .hasSize(4);
        assertThat(config("show", broken).exit()).isEqualTo(2);
    }

    @Test
    void valuesAreShownWithTheirSourceAndWithoutSecrets() throws IOException {
        Cli cli = config(Map.of("LARDER_CACHES_USERS_STALE_FOR", "1h"), "show", sound());

        assertThat(cli.exit()).isZero();
        assertThat(cli.out())
                .startsWith("backends:\n  default:\n    url: memory:?max=10k ")
                .containsPattern("url: redis://app:\\*\\*\\*@localhost:6379/0 +# larder.yaml:3, default of REDIS_URL\n")
                .containsPattern("    ttl: 5m +# larder.yaml:7\n")
                .containsPattern("    stale-for: 1h +# LARDER_CACHES_USERS_STALE_FOR\n")
                .containsPattern("  # jitter: 0 +# default\n")
                .doesNotContain("geheim");
        assertThat(config("show", sound(), "--profile", "testing").out())
                .containsPattern("url: \"memory:\" +# larder.yaml:11, profile testing\n");
    }

    @Test
    void valuesAreShownAsJson() throws IOException {
        assertThat(config("show", sound(), "--json").lines())
                .contains("{\"path\":[\"caches\",\"users\",\"ttl\"],\"value\":\"5m\",\"source\":\"larder.yaml:7\"}");
    }

    @Test
    void whatIsShownCanBeReadAgain() throws IOException {
        Files.writeString(
                folder.resolve("shown.yaml"),
                config("show", sound(), "--profile", "testing").out());

        config("check", folder.resolve("shown.yaml").toString()).prints("ok");
    }

    @Test
    void wrongWordsAreRefused() throws IOException {
        assertThat(config("chek", sound()).refusal())
                .isEqualTo(
                        "larder: Cannot 'chek'. Did you mean 'check'? Known: check, show. Try 'larder config --help'.");
        assertThat(config("check", folder.resolve("none.yaml").toString()))
                .isEqualTo(new Cli(2, "", "none.yaml: There is no such file\n"));
    }
}
