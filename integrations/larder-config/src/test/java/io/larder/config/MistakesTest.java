package io.larder.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What is said about backends and caches that cannot work. */
class MistakesTest extends MistakesFixture {

    @Nested
    class InYaml {

        @Test
        void areAllToldAtOnceInTheirOrder() throws IOException {
            assertThat(mistakes(
                            "cachs: {}",
                            "backends:",
                            "  default: shlf:?max=5",
                            "  main:",
                            "    url: shelf:?max=x",
                            "    timeot: 5s",
                            "caches:",
                            "  users:",
                            "    backend: mainn",
                            "    ttl: 5",
                            "  orders:",
                            "    backend: main",
                            "    ttl: 5",
                            "    jitter: 2"))
                    .satisfiesExactly(
                            line -> assertThat(line)
                                    .isEqualTo(
                                            "larder.yaml:1: Unknown section 'cachs'. Did you mean 'caches'? Known: backends, caches, "
                                                    + "defaults, profiles."),
                            line -> assertThat(line)
                                    .isEqualTo(
                                            "larder.yaml:3: No backend for scheme 'shlf' of 'shlf:?max=5'. Did you mean 'shelf'? "
                                                    + "Known: none, shelf."),
                            line -> assertThat(line)
                                    .isEqualTo(
                                            "larder.yaml:5: 'max' must be a count such as '500', '10k' or '2M', was 'x'"),
                            line -> assertThat(line)
                                    .startsWith(
                                            "larder.yaml:6: Unknown key 'timeot' of backend 'main'. Did you mean 'timeout'? Known: "
                                                    + "url, user, password, max, cert, key, key-password, ttl, "),
                            line -> assertThat(line)
                                    .isEqualTo(
                                            "larder.yaml:9: No backend 'mainn'. Did you mean 'main'? Known: default, main."),
                            line -> assertThat(line)
                                    .isEqualTo(
                                            "larder.yaml:10: 'ttl' must be a duration with a unit (ms, s, m, h, d) such as '90s' or "
                                                    + "'1h30m', or 'never', was '5'"),
                            line -> assertThat(line).startsWith("larder.yaml:13: 'ttl' must be a duration with a unit"),
                            line -> assertThat(line)
                                    .isEqualTo(
                                            "larder.yaml:14: 'jitter' must be a share from 0 to 1 such as '0.1', was '2'"));
        }

        @Test
        void aKeyThatStandsTwiceNamesTheFirst() throws IOException {
            assertThat(mistakes(sound("caches:", "  users:", "    ttl: 5m", "    ttl: 6m")))
                    .containsExactly(
                            "larder.yaml:5: 'caches.users.ttl' stands twice, first at larder.yaml:4. Keep one");
        }

        @Test
        void whatIsNoYamlIsToldWithItsLineAndWithoutItsText() throws IOException {
            assertThat(mistakes("backends:", "  default: 'redis://me:geheim@host", "caches:"))
                    .singleElement()
                    .asString()
                    .startsWith("larder.yaml:")
                    .contains(": This is no YAML: ")
                    .doesNotContain("geheim");
            assertThat(mistakes("- a", "- b"))
                    .containsExactly("larder.yaml:1: Expected sections such as 'backends:' and 'caches:'");
            assertThat(mistakes(sound("? {a: b}", ": c"))).containsExactly("larder.yaml:2: A key must be a name");
            assertThat(mistakes(sound("caches:", "  users:", "    tags: [a, [b]]")))
                    .containsExactly("larder.yaml:4: 'caches.users.tags' must be a value, or a list of values");
        }

        @Test
        void whatStandsInTheWrongPlaceSaysWhatBelongsThere() throws IOException {
            assertThat(mistakes("backends: shelf"))
                    .contains(
                            "larder.yaml:1: 'backends' cannot stand here: 'backends' has names, each with a URL, or with 'url' and "
                                    + "parameters");
            assertThat(mistakes("backends: {default: {url: 'shelf:', max: {a: b}}}"))
                    .containsExactly(
                            "larder.yaml:1: 'backends.default.max.a' cannot stand here: 'backends' has names, each with a URL, "
                                    + "or with 'url' and parameters");
            assertThat(mistakes(sound("caches:", "  users: 5m")))
                    .containsExactly(
                            "larder.yaml:3: 'caches.users' cannot stand here: 'caches' has names, each with parameters, such as "
                                    + "'ttl', and 'routes'");
            assertThat(mistakes(sound("defaults: {ttl: {a: 5m}}")))
                    .containsExactly(
                            "larder.yaml:2: 'defaults.ttl.a' cannot stand here: 'defaults' has parameters, such as 'ttl', each "
                                    + "with a value");
            assertThat(mistakes(sound("profiles: {testing: memory}")))
                    .containsExactly(
                            "larder.yaml:2: 'profiles.testing' cannot stand here: a profile has sections, such as 'backends'");
            assertThat(mistakes(sound("profiles: testing")))
                    .containsExactly("larder.yaml:2: 'profiles' has names such as 'testing', each with sections");
        }

        @Test
        void aliasesEndWhereNothingCanBeDeeper() throws IOException {
            assertThat(mistakes("caches: &a", "  users: *a"))
                    .contains(
                            "larder.yaml:2: 'caches.users.users.users.users.users' must be a value, or a list of values");
        }

        @Test
        void aliasesThatMultiplyAreGivenUp() throws IOException {
            String tenth =
                    IntStream.range(0, 10).mapToObj(i -> "k" + i + ": *b").collect(Collectors.joining(", "));
            String keys =
                    IntStream.range(0, 5_000).mapToObj(i -> "p" + i + ": 1").collect(Collectors.joining(", "));

            assertThat(mistakes("defaults: &b {" + keys + "}", "caches: {" + tenth + "}"))
                    .first()
                    .asString()
                    .contains("More than 10000 settings.");
        }
    }

    @Nested
    class InBackends {

        @Test
        void oneWithoutAUrl() throws IOException {
            assertThat(mistakes("backends:", "  default:", "    max: 5"))
                    .containsExactly(
                            "larder.yaml:3: Backend 'default' has no 'url'. Write one such as 'memory:?max=10k'");
        }

        @Test
        void noneThatIsTheDefault() throws IOException {
            assertThat(mistakes("backends: {main: 'shelf:'}"))
                    .containsExactly(
                            "larder.yaml: No backend 'default'. Declare it in 'backends', name another by 'backend' in "
                                    + "'defaults', or set LARDER_URL");
            assertThat(LarderConfig.read(null, null, Map.of()).mistakes())
                    .containsExactly(
                            "environment: No backend 'default'. Declare it in 'backends', name another by 'backend' in "
                                    + "'defaults', or set LARDER_URL");
        }

        @Test
        void aUrlThatCannotWorkHidesItsPassword() throws IOException {
            assertThat(mistakes("backends:", "  default: shelf://me:geheim@nowhere?max=5"))
                    .containsExactly("larder.yaml:2: 'shelf://me:***@nowhere' is no shelf");
            assertThat(mistakes("backends:", "  default: {url: 'shelf:?mx=5', password: geheim}"))
                    .singleElement()
                    .asString()
                    .startsWith("larder.yaml:2: Unknown parameter 'mx' in 'shelf://:***@?mx=5'. Did you mean 'max'?");
        }

        @Test
        void unknownKeysAreToldBesideAUrlThatCannotWork() throws IOException {
            assertThat(mistakes("backends:", "  default:", "    url: 'shelf:?mx=5'", "    timeot: 5s"))
                    .satisfiesExactly(
                            line -> assertThat(line).startsWith("larder.yaml:3: Unknown parameter 'mx'"),
                            line -> assertThat(line).startsWith("larder.yaml:4: Unknown key 'timeot'"));
        }

        @Test
        void parametersThatWorkOnlyTogetherAreNotBlamedForAnother() throws IOException {
            assertThat(mistakes(
                            "backends:", "  default:", "    url: 'shelf:'", "    cert: c", "    max: x", "    key: k"))
                    .containsExactly("larder.yaml:5: 'max' must be a count such as '500', '10k' or '2M', was 'x'");
            assertThat(mistakes("backends:", "  default:", "    url: 'shelf:'", "    cert: c"))
                    .containsExactly("larder.yaml:4: 'cert' and 'key' go together");
        }
    }

    @Nested
    class InCaches {

        @Test
        void unknownKeysNameTheNearest() throws IOException {
            assertThat(mistakes(sound("caches:", "  users:", "    vresion: 2")))
                    .singleElement()
                    .asString()
                    .startsWith(
                            "larder.yaml:4: Unknown key 'vresion' of cache 'users'. Did you mean 'version'? Known: backend, routes, max, ");
            assertThat(mistakes(sound("defaults:", "  tll: 5m")))
                    .singleElement()
                    .asString()
                    .startsWith(
                            "larder.yaml:3: Unknown key 'tll' of 'defaults'. Did you mean 'ttl'? Known: backend, ttl, ");
        }

        @Test
        void whatTheBackendDoesNotKnowIsUnknown() throws IOException {
            assertThat(mistakes(
                            "backends: {default: 'shelf:', off: 'none:'}",
                            "caches:",
                            "  users: {backend: off, max: 5}"))
                    .singleElement()
                    .asString()
                    .startsWith("larder.yaml:3: Unknown key 'max' of cache 'users'.");
        }

        @Test
        void unknownKeysAreToldAlsoWhereTheBackendCannotWork() throws IOException {
            for (String backend : List.of("shelf:?mx=5", "shelf://nowhere", "shlf:", "${NOT_SET}")) {
                assertThat(mistakes(
                                "backends: {default: '" + backend + "'}", "caches:", "  users: {codecc: x, max: 5}"))
                        .as(backend)
                        .hasSize(2)
                        .last()
                        .asString()
                        .startsWith("larder.yaml:3: Unknown key 'codecc' of cache 'users'. Did you mean 'codec'?");
            }
            assertThat(mistakes(sound("caches:", "  users: {backend: dfault, codecc: x}")))
                    .hasSize(2)
                    .last()
                    .asString()
                    .contains("Unknown key 'codecc'");
        }

        @Test
        void aCodecThatIsNotThere() throws IOException {
            assertThat(mistakes(sound("caches:", "  users:", "    codec: strin")))
                    .containsExactly(
                            "larder.yaml:4: No codec 'strin'. Did you mean 'string'? Known: bytes, string, java.");
        }

        @Test
        void routesThatLeadNowhere() throws IOException {
            assertThat(mistakes(sound(
                            "caches:", "  users:", "    routes:", "      'session:': defaut", "      '': default")))
                    .containsExactly(
                            "larder.yaml:5: No backend 'defaut'. Did you mean 'default'? Known: default.",
                            "larder.yaml:6: A prefix must not be empty. Name the backend of all other keys by 'backend'");
            assertThat(mistakes(sound("caches:", "  users:", "    routes: session")))
                    .containsExactly(
                            "larder.yaml:4: 'caches.users.routes' must be prefixes and backends such as 'session:=main, tmp:=local'");
        }

        @Test
        void tiersThatCannotWork() throws IOException {
            assertThat(mistakes(
                            "backends: {default: 'shelf:', tiers: 'shelf: | shelf:'}",
                            "caches:",
                            "  users:",
                            "    routes:",
                            "      'session:': tiers"))
                    .containsExactly(
                            "larder.yaml:5: A prefix cannot lead to tiers. Name a backend whose 'url' has no '|'");
            assertThat(mistakes("backends: {default: 'shelf:?ttl=5m | shelf:'}"))
                    .containsExactly(
                            "larder.yaml:1: 'ttl' of 'shelf:?ttl=5m' is about the cache as a whole. Write it in the"
                                    + " last URL, 'shelf:'");
        }

        @Test
        void thoseAtABackendThatCannotWorkAreCheckedAllTheSame() throws IOException {
            assertThat(mistakes("backends: {default: 'shlf:'}", "caches:", "  users: {ttl: 5, max: 3}"))
                    .hasSize(2)
                    .last()
                    .asString()
                    .startsWith("larder.yaml:3: 'ttl' must be a duration");
        }
    }
}
