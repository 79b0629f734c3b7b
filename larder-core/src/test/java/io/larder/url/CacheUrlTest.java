package io.larder.url;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.ConfigException;
import io.larder.Seed;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CacheUrlTest {

    @Nested
    class Parts {

        @Test
        void ofAServer() {
            CacheUrl url = CacheUrl.parse(" Redis+TLS://us%3Aer:se%40cr:et@h1:7000,h2:7000/0?codec=json+zstd&a=%26+x ");

            assertThat(url.scheme()).isEqualTo("redis+tls");
            assertThat(url.user()).isEqualTo("us:er");
            assertThat(url.password()).isEqualTo("se@cr:et");
            assertThat(url.hosts()).isEqualTo("h1:7000,h2:7000");
            assertThat(url.path()).isEqualTo("/0");
            assertThat(url.parameters().text("codec")).isEqualTo("json+zstd");
            assertThat(url.parameters().text("a")).isEqualTo("&+x");
        }

        @Test
        void ofAPasswordAlone() {
            CacheUrl url = CacheUrl.parse("redis://:secret@host");

            assertThat(url.user()).isEmpty();
            assertThat(url.password()).isEqualTo("secret");
            assertThat(url.hosts()).isEqualTo("host");
        }

        @Test
        void ofAFile() {
            assertThat(CacheUrl.parse("disk:/var/my%20cache").path()).isEqualTo("/var/my cache");
            assertThat(CacheUrl.parse("disk:///var/cache").path()).isEqualTo("/var/cache");
            assertThat(CacheUrl.parse("disk:relative@home").path()).isEqualTo("relative@home");
        }

        @Test
        void ofASchemeAlone() {
            CacheUrl url = CacheUrl.parse("none:");

            assertThat(url.user()).isNull();
            assertThat(url.hosts()).isEmpty();
            assertThat(url.path()).isEmpty();
            assertThat(url.parameters().names()).isEmpty();
            assertThat(CacheUrl.parse("none:?").parameters().names()).isEmpty();
        }

        @Test
        void aPortMayHaveAWeightBehindIt() {
            CacheUrl url = CacheUrl.parse("memcached://h1:1,h2:2*3?namespace=a@b");

            assertThat(url.hosts()).isEqualTo("h1:1,h2:2*3");
            assertThat(url.password()).isNull();
        }
    }

    @Nested
    class Refusals {

        @ParameterizedTest
        @ValueSource(strings = {"", "memory", "//host", "1x:", ":x", "?max=5", "über:"})
        void whatIsNoUrl(String text) {
            assertThatThrownBy(() -> CacheUrl.parse(text))
                    .isInstanceOf(ConfigException.class)
                    .hasMessage("Cannot read cache URL '" + text + "'. Expected 'scheme:…' such as 'memory:?max=10k'");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "x:?a=%",
                    "x:?a=%4",
                    "x:?a=%GG",
                    "x:?%FF=1",
                    "x:?a=%C3",
                    "x://%zz@h",
                    "x://u:%zz@h",
                    "x:/%1",
                    "x:?a=%-1",
                    "x:?a=%é"
                })
        void badEscapes(String text) {
            assertThatThrownBy(() -> CacheUrl.parse(text))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageStartingWith("Bad escape in '")
                    .hasMessageEndingWith("'%' itself is '%25'");
        }

        @ParameterizedTest
        @ValueSource(strings = {"x:?a", "x:?=1", "x:?a=1&", "x:?&a=1", "x:?a=1&&b=2"})
        void badParameters(String text) {
            assertThatThrownBy(() -> CacheUrl.parse(text))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageStartingWith("Expected 'name=value' but found '")
                    .hasMessageEndingWith("in '" + text + "'");
        }

        @Test
        void aParameterTwice() {
            assertThatThrownBy(() -> CacheUrl.parse("x:?max=1&m%61x=2"))
                    .isInstanceOf(ConfigException.class)
                    .hasMessage("Parameter 'max' stands twice in 'x:?max=1&m%61x=2'");
        }
    }

    @Nested
    class Secrets {

        @Test
        void areNotInTheText() {
            CacheUrl url = CacheUrl.parse(
                    "redis://ann:hunter2@host:6379/0?sentinel-password=hunter2&Token=hunter2&api-secret-1=hunter2&max=5");

            assertThat(url)
                    .hasToString("redis://ann:***@host:6379/0?sentinel-password=***&Token=***&api-secret-1=***&max=5");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "redis://ann:hunter2@host/%zz",
                    "redis://ann:hun@ter2@host/%zz",
                    "redis://ann:hunter2%zz@host",
                    "redis://:hunter2@host?a",
                    "redis://host?password=hunter2&b=%zz",
                    "redis://host?a=1&PASSWORD=hunter2&b=%zz",
                    "redis://host?pasword=x&passwort=hunter2&b=%zz",
                    "redis://host?max=1&max=2&password=hunter2",
                    "redis://host?password=hunter2%zz",
                    "redis://ann:x/hunter2@host",
                    "redis://ann:x?hunter2@host",
                    "redis://ann:x?a=hunter2@host",
                    "redis//ann:hunter2@host",
                    "redis:// ann:hunter2@host?ttl"
                })
        void areInNoMessage(String text) {
            assertThatThrownBy(() -> CacheUrl.parse(text))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageNotContaining("hunter2")
                    .hasMessageNotContaining("ter2");
        }

        @Test
        void areNotInTheMessageOfABadValueBesideThem() {
            Parameters given = CacheUrl.parse("redis://ann:hunter2@host?password=hunter2&ttl=5")
                    .parameters();

            assertThatThrownBy(() -> given.duration("ttl"))
                    .hasMessageStartingWith("'ttl' of 'redis://ann:***@host?password=***&ttl=5' must be a duration");
        }

        @Test
        void areNotShownInTheValueOfAParameter() {
            assertThat(CacheUrl.shown("key-password", "hunter2")).isEqualTo("***");
            assertThat(CacheUrl.shown("fallback", "redis://ann:hunter2@host")).isEqualTo("redis://ann:***@host");
            assertThat(CacheUrl.shown("ttl", "5m")).isEqualTo("5m");
        }

        @Test
        void anAtSignElsewhereIsNoSecret() {
            assertThat(CacheUrl.parse("redis://host:6379/a@b?namespace=c@d").path())
                    .isEqualTo("/a@b");
        }
    }

    @Test
    void urlsWithTheSamePlaceAndParametersAreEqual() {
        CacheUrl url = CacheUrl.parse("redis://ann:a@host?x=1&y=2");

        assertThat(CacheUrl.parse("redis://ann:a@host?y=2&x=1"))
                .isEqualTo(url)
                .hasSameHashCodeAs(url)
                .isNotEqualTo(CacheUrl.parse("redis://ann:b@host?y=2&x=1"))
                .isNotEqualTo(CacheUrl.parse("redis://ann:a@host?y=2&x=2"));
        assertThat(url.with(Parameters.NONE)).isEqualTo(CacheUrl.parse("redis://ann:a@host"));
    }

    @Test
    void urlsWithoutSecretsComeBackFromTheirText() {
        Seed seed = new Seed();
        Random random = seed.random();
        for (int i = 0; i < 2_000; i++) {
            String hosts = random.nextBoolean() ? "" : "h" + random.nextInt(9) + ":7000,[::1]:" + random.nextInt(9);
            String user = random.nextInt(3) > 0 ? null : text(random);
            String path =
                    hosts.isEmpty() && user == null ? text(random) : random.nextBoolean() ? "" : "/" + text(random);
            Map<String, String> values = new LinkedHashMap<>();
            for (int n = random.nextInt(4); n > 0; n--) {
                // What looks like a URL with a password in it is hidden.
                values.put("n" + text(random), text(random).replace("//", "/"));
            }
            CacheUrl url = new CacheUrl("x+" + i, user, null, hosts, path, new Parameters(values, ""));

            CacheUrl back = CacheUrl.parse(url.toString());

            assertThat(back.scheme()).isEqualTo(url.scheme());
            assertThat(back.user()).as("%s in %s", seed, url).isEqualTo(user);
            assertThat(back.password()).as("%s in %s", seed, url).isNull();
            assertThat(back.hosts()).as("%s in %s", seed, url).isEqualTo(hosts);
            assertThat(back.path()).as("%s in %s", seed, url).isEqualTo(path);
            assertThat(back.parameters().names()).as("%s in %s", seed, url).isEqualTo(values.keySet());
            values.forEach((name, value) -> assertThat(back.parameters().text(name))
                    .as("%s in %s", seed, url)
                    .isEqualTo(value));
        }
    }

    private static String text(Random random) {
        String alphabet = "aZ9 /:?&=%#@+,~\\*é€\u0000\n\"'";
        StringBuilder text = new StringBuilder();
        for (int n = random.nextInt(6); n > 0; n--) {
            text.append(random.nextInt(8) == 0 ? "\uD83D\uDE00" : alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
