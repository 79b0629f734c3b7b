package io.larder.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.ConfigException;
import io.larder.Larder;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What is said about variables, profiles and files that cannot work. */
class SourceMistakesTest extends MistakesFixture {

    @Nested
    class InVariables {

        @Test
        void oneThatIsNotSet() throws IOException {
            assertThat(mistakes("backends:", "  default: ${REDIS_URL}"))
                    .containsExactly(
                            "larder.yaml:2: 'backends.default.url' needs the variable REDIS_URL, which is not set. Set it, or write "
                                    + "'${REDIS_URL:default}'");
        }

        @Test
        void oneThatIsNotClosed() throws IOException {
            assertThat(mistakes(sound("defaults:", "  namespace: a${b")))
                    .containsExactly(
                            "larder.yaml:3: '${' in 'defaults.namespace' begins no variable. Write '${NAME}' or "
                                    + "'${NAME:default}'; '$${' is the text itself");
        }

        @Test
        void ofTheEnvironmentThatNameNothing() throws IOException {
            assertThat(mistakes(
                            "larder.yaml",
                            null,
                            Map.of(
                                    "LARDER_CACHES_USRS_TTL", "5m",
                                    "LARDER_CACHE_USERS_TTL", "5m",
                                    "LARDER_CACHES_USERS_TLL", "5m",
                                    "LARDER_CACHES_USERS_TTL", "5",
                                    "LARDER_HOME", "of another program"),
                            sound("caches:", "  users:")))
                    .satisfiesExactlyInAnyOrder(
                            line -> assertThat(line)
                                    .isEqualTo(
                                            "LARDER_CACHES_USRS_TTL: 'usrs' is none of the caches in larder.yaml. Did you mean "
                                                    + "'users'? Known: users."),
                            line -> assertThat(line)
                                    .isEqualTo(
                                            "LARDER_CACHE_USERS_TTL: Unknown variable. Did you mean 'LARDER_CACHES_…'?"),
                            line -> assertThat(line)
                                    .startsWith(
                                            "LARDER_CACHES_USERS_TLL: Unknown key 'tll' of cache 'users'. Did you mean 'ttl'?"),
                            line -> assertThat(line)
                                    .startsWith("LARDER_CACHES_USERS_TTL: 'ttl' must be a duration with a unit"));
        }
    }

    @Nested
    class InProfiles {

        @Test
        void oneThatIsNotThere() throws IOException {
            assertThat(mistakes("larder.yaml", "prodution", Map.of(), sound("profiles: {staging: {}}")))
                    .containsExactly(
                            "larder.yaml: No profile 'prodution'. Did you mean 'production'? Known: development, production, "
                                    + "staging, testing.");
        }

        @Test
        void thoseThatAreNotChosenAreLookedAtForTheirForm() throws IOException {
            assertThat(mistakes("larder.yaml", "testing", Map.of(), sound("profiles:", "  staging:", "    cachs: {}")))
                    .containsExactly(
                            "larder.yaml:4: Unknown section 'cachs'. Did you mean 'caches'? Known: backends, caches, defaults, "
                                    + "profiles.");
        }

        @Test
        void areToldWithTheirLine() throws IOException {
            assertThat(mistakes(
                            "larder.yaml",
                            "testing",
                            Map.of(),
                            sound("profiles:", "  testing:", "    defaults: {ttl: 5}")))
                    .singleElement()
                    .asString()
                    .startsWith("larder.yaml:4: 'ttl' must be");
        }
    }

    @Nested
    class InOtherFormats {

        @Test
        void propertiesAreToldByTheLineWhereTheyBegin() throws IOException {
            assertThat(mistakes(
                            "larder.properties",
                            null,
                            Map.of(),
                            "# a comment \\",
                            "backends.default=shelf:",
                            "",
                            "caches.users.tags=a,\\",
                            "  b",
                            "caches.users.ttl=\\",
                            "  5",
                            "caches.users.jitter: \\u00",
                            "caches.users.ttl=6m"))
                    .satisfiesExactly(
                            line -> assertThat(line).startsWith("larder.properties:6: 'ttl' must be"),
                            line -> assertThat(line)
                                    .isEqualTo(
                                            "larder.properties:8: Bad escape: expected '\\u' and four hexadecimal digits"),
                            line -> assertThat(line)
                                    .isEqualTo(
                                            "larder.properties:9: 'caches.users.ttl' stands twice, first at larder.properties:6. "
                                                    + "Keep one"));
        }

        @Test
        void iniIsStrict() throws IOException {
            assertThat(mistakes(
                            "larder.ini",
                            null,
                            Map.of(),
                            "[backends]",
                            "default = shelf:",
                            "; a comment",
                            "[caches.users",
                            "[caches.users]",
                            "ttl: 5m",
                            "ttl = 5 ; no comment"))
                    .satisfiesExactly(
                            line -> assertThat(line).isEqualTo("larder.ini:4: Expected '[section]' or 'key = value'"),
                            line -> assertThat(line).isEqualTo("larder.ini:6: Expected '[section]' or 'key = value'"),
                            line -> assertThat(line)
                                    .startsWith("larder.ini:7: 'ttl' must be")
                                    .endsWith(", was '5 ; no comment'"));
        }

        @Test
        void aFileThatCannotBeRead() throws IOException {
            Files.write(folder.resolve("latin.yaml"), new byte[] {'a', (byte) 0xE4});

            assertThat(LarderConfig.read(folder.resolve("none.yaml"), null, Map.of())
                            .mistakes())
                    .containsExactly(folder.resolve("none.yaml") + ": There is no such file");
            assertThat(LarderConfig.read(folder.resolve("latin.yaml"), null, Map.of())
                            .mistakes())
                    .containsExactly(folder.resolve("latin.yaml") + ": Cannot read it: it is not UTF-8");
            assertThat(mistakes("larder.conf", null, Map.of(), "a"))
                    .containsExactly(
                            "larder.conf: Its name must end with .yaml, .yml, .properties or .ini, to tell what it is");
        }
    }

    @Test
    void areWhatALarderIsRefusedWith() throws IOException {
        LarderConfig config = read("larder.yaml", null, Map.of(), sound("caches:", "  users: {ttl: 5, jitter: 2}"));

        assertThatThrownBy(config::builder)
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(
                        "2 mistakes in the configuration:\n" + folder + "/larder.yaml:3: 'ttl' must be");
        assertThatThrownBy(config::show).isInstanceOf(ConfigException.class);
        assertThatThrownBy(() -> Larder.fromConfig(folder.resolve("none.yaml"), "testing"))
                .isInstanceOf(ConfigException.class)
                .hasMessage(folder.resolve("none.yaml") + ": There is no such file");
    }
}
