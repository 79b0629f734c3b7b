package io.larder.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.Cache;
import io.larder.CacheEntry;
import io.larder.Larder;
import io.larder.testkit.FakeClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a configuration declares. */
class LarderConfigTest {

    private static final String YAML = """
            backends:
              default: shelf:?max=5
              main:
                url: ${MAIN_URL:shelf://main}
                timeout: 50ms
                key-password: "a b"
            defaults:
              namespace: shop
              ttl: 10m
            caches:
              users:
                backend: main
                ttl: 5m
                version: 2
                tags: [team, people]
                codec: string
                routes:
                  "session:": default
                  "session:guest.": main
              orders:
            profiles:
              testing:
                backends:
                  main: "shelf:?max=7"
                caches:
                  users:
                    ttl: 1m
              production: {}
            """;

    private static final String PROPERTIES = """
            backends.default = shelf:?max=5
            backends.main.url = ${MAIN_URL:shelf://main}
            backends.main.timeout = 50ms
            backends.main.key-password = a b
            defaults.namespace = shop
            defaults.ttl = 10m
            caches.users.backend = main
            caches.users.ttl = 5m
            caches.users.version = 2
            caches.users.tags = team,people
            caches.users.codec = string
            caches.users.routes.session\\: = default
            caches.users.routes.session\\:guest. = main
            caches.orders =
            profiles.testing.backends.main = shelf:?max=7
            profiles.testing.caches.users.ttl = 1m
            profiles.production =
            """;

    private static final String INI = """
            [backends]
            default = shelf:?max=5

            [backends.main]
            url = ${MAIN_URL:shelf://main}
            timeout = 50ms
            key-password = a b

            [defaults]
            namespace = shop
            ttl = 10m

            [caches.users]
            backend = main
            ttl = 5m
            version = 2
            tags = team,people
            codec = string

            [caches.users.routes]
            session: = default
            session:guest. = main

            [caches]
            orders =

            [profiles.testing]
            backends.main = shelf:?max=7
            caches.users.ttl = 1m

            [profiles]
            production =
            """;

    @TempDir
    Path folder;

    private LarderConfig read(String name, String text, @Nullable String profile, Map<String, String> environment)
            throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, text);
        LarderConfig config = LarderConfig.read(file, profile, environment);
        assertThat(config.mistakes()).isEmpty();
        return config;
    }

    /** Returns the values that somebody has set, by their keys, with their sources behind a bar. */
    private Map<String, String> set(LarderConfig config) {
        Map<String, String> set = new HashMap<>();
        config.values().stream()
                .filter(value -> !value.isStandard())
                .forEach(value -> set.put(
                        value.key(), value.value() + " | " + value.source().replace(folder + "/", "")));
        return set;
    }

    private static Map<String, String> withoutSources(LarderConfig config) {
        Map<String, String> values = new HashMap<>();
        config.values().forEach(value -> values.put(value.key(), value.value()));
        return values;
    }

    @Test
    void allFormatsMeanTheSame() throws IOException {
        for (String profile : new String[] {null, "testing", "production"}) {
            Map<String, String> yaml = withoutSources(read("larder.yaml", YAML, profile, Map.of()));

            assertThat(withoutSources(read("larder.properties", PROPERTIES, profile, Map.of())))
                    .isEqualTo(yaml);
            assertThat(withoutSources(read("larder.ini", INI, profile, Map.of())))
                    .isEqualTo(yaml);
        }
    }

    @Test
    void valuesTellWhereTheyComeFrom() throws IOException {
        Map<String, String> environment = Map.of("LARDER_CACHES_USERS_STALE_FOR", "1h", "LARDER_DEFAULTS_TTL", "9m");
        Map<String, String> set = set(read("larder.yaml", YAML, null, environment));

        assertThat(set)
                .containsEntry("backends.default.url", "shelf:?max=5 | larder.yaml:2")
                .containsEntry("backends.main.url", "shelf://main | larder.yaml:4, default of MAIN_URL")
                .containsEntry("backends.main.key-password", "*** | larder.yaml:6")
                .containsEntry("caches.users.backend", "main | larder.yaml:12")
                .containsEntry("caches.users.ttl", "5m | larder.yaml:13")
                .containsEntry("caches.users.tags", "team,people | larder.yaml:15")
                .containsEntry("caches.users.timeout", "50ms | larder.yaml:5")
                .containsEntry("caches.users.namespace", "shop | larder.yaml:8")
                .containsEntry("caches.users.stale-for", "1h | LARDER_CACHES_USERS_STALE_FOR")
                .containsEntry("caches.users.routes.session:", "default | larder.yaml:18")
                .containsEntry("caches.orders.ttl", "9m | LARDER_DEFAULTS_TTL")
                .containsEntry("caches.orders.max", "5 | larder.yaml:2")
                .containsEntry("defaults.ttl", "9m | LARDER_DEFAULTS_TTL")
                .doesNotContainKeys("caches.orders.backend", "defaults.jitter");
    }

    @Test
    void aProfileGoesOverTheRestAndBringsBackendsAsAWhole() throws IOException {
        LarderConfig config = read("larder.yaml", YAML, "testing", Map.of());

        assertThat(config.profiles()).containsExactly("production", "testing");
        assertThat(set(config))
                .containsEntry("backends.main.url", "shelf:?max=7 | larder.yaml:24, profile testing")
                .containsEntry("caches.users.ttl", "1m | larder.yaml:27, profile testing")
                .containsEntry("caches.users.version", "2 | larder.yaml:14")
                .doesNotContainKeys("backends.main.timeout", "caches.users.timeout");
    }

    @Test
    void theEnvironmentGoesOverProfilesAndChoosesThem() throws IOException {
        Files.writeString(folder.resolve("larder.yaml"), YAML);
        LarderConfig config = LarderConfig.read(
                null,
                null,
                Map.of(
                        "LARDER_CONFIG", folder.resolve("larder.yaml").toString(),
                        "LARDER_PROFILE", "testing",
                        "LARDER_URL", "none:",
                        "LARDER_BACKENDS_MAIN_MAX", "8",
                        "LARDER_CACHES_USERS_ROUTES", "session:=main, tmp:=default",
                        "LARDER_CACHES_ORDERS_BACKEND", "main",
                        "LARDER_CACHES_ORDERS_TTL", ""));

        assertThat(config.mistakes()).isEmpty();
        assertThat(set(config))
                .containsEntry("backends.default.url", "none: | LARDER_URL")
                .containsEntry("backends.main.max", "8 | LARDER_BACKENDS_MAIN_MAX")
                .containsEntry("caches.users.ttl", "1m | larder.yaml:27, profile testing")
                .containsEntry("caches.users.routes.session:", "main | LARDER_CACHES_USERS_ROUTES")
                .containsEntry("caches.users.routes.tmp:", "default | LARDER_CACHES_USERS_ROUTES")
                .containsEntry("caches.orders.backend", "main | LARDER_CACHES_ORDERS_BACKEND")
                .containsEntry("caches.orders.ttl", "10m | larder.yaml:9");
    }

    @Test
    void theEnvironmentAloneDeclaresCaches() {
        LarderConfig config = LarderConfig.read(
                null,
                null,
                Map.of(
                        "LARDER_URL", "shelf:",
                        "LARDER_BACKENDS_SPARE", "none:",
                        "LARDER_CACHES_USERS_TTL", "5m",
                        "LARDER_CACHES_OLD_BACKEND", "spare"));

        assertThat(config.mistakes()).isEmpty();
        try (Larder larder = config.builder().clock(new FakeClock()).build()) {
            assertThat(ttl(larder, "users")).isEqualTo(Duration.ofMinutes(5));
            assertThat(larder.cache("old", String.class, String.class)
                            .build()
                            .stats()
                            .backend()
                            .address())
                    .isEqualTo("none:");
        }
    }

    private static Duration ttl(Larder larder, String name) {
        Cache<String, String> cache =
                larder.cache(name, String.class, String.class).build();
        cache.put("a", "1");
        return Objects.requireNonNull(cache.find("a")).remaining();
    }

    @Test
    void cachesHaveWhatTheirDeclarationSays() throws IOException {
        LarderConfig config = read("larder.yaml", YAML, null, Map.of());
        try (Larder larder = config.builder().clock(new FakeClock()).build()) {
            Cache<String, String> users =
                    larder.cache("users", String.class, String.class).build();
            users.put("session:1", "Ann");
            CacheEntry<String, String> entry = users.find("session:1");

            assertThat(entry.remaining()).isEqualTo(Duration.ofMinutes(5));
            assertThat(entry.tags()).containsExactlyInAnyOrder("team", "people");
            assertThat(larder.cache("users", String.class, String.class)
                            .namespace("shop")
                            .version(2)
                            .build())
                    .isSameAs(users);
            assertThat(ttl(larder, "orders")).isEqualTo(Duration.ofMinutes(10));
            assertThat(ttl(larder, "not declared")).isEqualTo(Duration.ofMinutes(10));
        }
    }

    @Test
    void aBuilderGoesOverTheDeclaration() throws IOException {
        try (Larder larder = read("larder.yaml", YAML, null, Map.of())
                .builder()
                .clock(new FakeClock())
                .build()) {
            Cache<String, String> users = larder.cache("users", String.class, String.class)
                    .ttl(Duration.ofSeconds(3))
                    .build();
            users.put("a", "1");

            assertThat(users.find("a").remaining()).isEqualTo(Duration.ofSeconds(3));
        }
    }

    @Test
    void aFileIsFoundByTheLarderItself() throws IOException {
        Path file = folder.resolve("larder.yaml");
        Files.writeString(file, YAML);

        try (Larder larder = Larder.fromConfig(file, "testing")) {
            assertThat(larder.toString()).isEqualTo("Larder[shelf:?namespace=shop&ttl=10m&max=5]");
        }
    }

    @Test
    void theDefaultsMayNameTheirBackend() throws IOException {
        try (Larder larder = read(
                        "larder.yaml", "backends: {main: 'shelf:'}\ndefaults: {backend: main}\n", null, Map.of())
                .builder()
                .build()) {
            assertThat(larder.toString()).isEqualTo("Larder[shelf:]");
        }
    }

    @Test
    void whatIsSaidOfTiersIsSaidOfTheLast() throws IOException {
        String text = "backends: {default: {url: 'shelf:?max=3 | shelf:', max: 5}}\ndefaults: {ttl: 5m}\n";
        try (Larder larder = read("larder.yaml", text, null, Map.of()).builder().build()) {
            assertThat(larder.toString()).isEqualTo("Larder[shelf:?max=3 | shelf:?ttl=5m&max=5]");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"shelf://me:geheim@host", "shelf://me@host"})
    void aLoginBesideTheUrlNeedsNoEscapesAndIsNeverShown(String url) throws IOException {
        LarderConfig config = read(
                "larder.yaml",
                "backends:\n  default:\n    url: " + url
                        + "\n    password: ${PASSWORD}\n    key: k\n    cert: c\n    key-password: geheim2\n",
                null,
                Map.of("PASSWORD", "p@ss/w?rd"));

        assertThat(config.show()).doesNotContain("geheim", "p@ss").contains("password: \"***\"");
        try (Larder larder = config.builder().build()) {
            assertThat(larder.toString()).startsWith("Larder[shelf://me:***@host?");
        }
    }

    @Test
    void anEmptyLoginIsNone() throws IOException {
        LarderConfig config = read(
                "larder.yaml",
                "backends: {default: {url: 'shelf://host', password: '${PASSWORD:}'}}\n",
                null,
                Map.of());

        try (Larder larder = config.builder().build()) {
            assertThat(larder.toString()).isEqualTo("Larder[shelf://host]");
        }
    }

    @Test
    void whatAVariableHoldsIsTakenAsItIs() throws IOException {
        LarderConfig config = read(
                "larder.yaml",
                "backends: {default: 'shelf:'}\ndefaults: {namespace: 'a${NAME}-$${NAME}-${OTHER:x}'}\n",
                null,
                Map.of("NAME", "${OTHER}$1"));

        assertThat(set(config))
                .containsEntry("defaults.namespace", "a${OTHER}$1-${NAME}-x | larder.yaml:2, NAME, default of OTHER");
    }

    @Test
    void showIsYamlWithTheSourceOfEachValue() throws IOException {
        String shown = read("larder.yaml", YAML, null, Map.of()).show().replace(folder + "/", "");

        assertThat(shown).startsWith("""
                        backends:
                          default:
                            url: shelf:?max=5                 # larder.yaml:2
                          main:
                            url: shelf://main                 # larder.yaml:4, default of MAIN_URL
                            timeout: 50ms                     # larder.yaml:5
                            key-password: "***"               # larder.yaml:6
                        caches:
                          users:
                            backend: main                     # larder.yaml:12
                        """).contains("""
                            routes:
                              "session:": default             # larder.yaml:18
                              session:guest.: main            # larder.yaml:19
                          orders:
                            # backend: default                # default
                        """).contains("""
                        defaults:
                          # backend: default                  # default
                          ttl: 10m                            # larder.yaml:9
                        """);
    }
}
