package io.larder.url;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.ConfigException;
import io.larder.Seed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodecChainTest {

    @Test
    void namesACodecItsStagesAndTheirParameters() {
        CodecChain chain = CodecChain.parse("json+zlib(level=9,threshold=2KiB)+x(a=b+c%2Cd%28%29=%25)");

        assertThat(chain.steps()).extracting(CodecChain.Step::name).containsExactly("json", "zlib", "x");
        assertThat(chain.steps().get(0).parameters().names()).isEmpty();
        assertThat(chain.steps().get(1).parameters().text("level")).isEqualTo("9");
        assertThat(chain.steps().get(1).parameters().text("threshold")).isEqualTo("2KiB");
        assertThat(chain.steps().get(2).parameters().text("a")).isEqualTo("b+c,d()=%");
        assertThat(chain.name()).isEqualTo("json+zlib+x");
    }

    @Test
    void standsInAUrlAsItIs() {
        String url = "redis://host?codec=json+zlib(level=9)&ttl=5m";

        assertThat(CacheUrl.parse(url)).hasToString(url);
        assertThat(CacheUrl.parse(url).parameters().text("codec")).isEqualTo("json+zlib(level=9)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "+",
                "json+",
                "+zlib",
                "json++zlib",
                "json zlib",
                "json+zstd?level=3",
                "json+zstd://?compression-level=3",
                "zlib()",
                "zlib(level)",
                "zlib(=9)",
                "zlib(level=9",
                "zlib(level=9))",
                "zlib(level=9,)",
                "zlib(level=(9))",
                "zlib(level=9)x",
                "zlib(a=%zz)",
                "json)"
            })
    void whatIsNoChainIsRefused(String text) {
        assertThatThrownBy(() -> CodecChain.parse(text))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("Cannot read codec '" + text + "'. Expected names joined by '+'");
    }

    @Test
    void aParameterTwiceIsRefused() {
        assertThatThrownBy(() -> CodecChain.parse("json+zlib(level=1,level=2)"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("Parameter 'level' of codec 'zlib' stands twice in 'json+zlib(level=1,level=2)'");
    }

    @Test
    void keysWrittenWhereTheirPlaceBelongsAreNotRepeated() {
        for (String text : List.of(
                "json+aes-gcm(keys=hunter2)",
                "json+aes-gcm(a=1,secret-x=hunter2,b=2)",
                "json+aes-gcm(keys=hunter2",
                "json+aes-gcm(keys=hunter2)?",
                "json+aes-gcm(keys=hunter2,keys=hunter2)")) {
            String encoded = "redis://h1,h2?codec=" + text.replace("(", "%28").replace("=", "%3D");
            for (String url : List.of("redis://h1,h2?codec=" + text, encoded)) {
                assertThat(CacheUrl.parse(url).toString()).doesNotContain("hunter2");
                assertThatThrownBy(() -> CacheUrl.parse(url + "&a=%zz")).hasMessageNotContaining("hunter2");
            }
            try {
                assertThat(CodecChain.parse(text).toString()).doesNotContain("hunter2");
            } catch (ConfigException refused) {
                assertThat(refused).hasMessageNotContaining("hunter2");
            }
        }
        String places = "redis://h1,h2?codec=json+aes-gcm(keys=env:KEYS)+hmac(keys=file:/etc/keys)&key=/a.pem";
        assertThat(CacheUrl.parse(places)).hasToString(places);
    }

    @Test
    void everyChainComesBackFromItsText() {
        Seed seed = new Seed();
        Random random = seed.random();
        for (int i = 0; i < 2_000; i++) {
            List<CodecChain.Step> steps = new ArrayList<>();
            for (int n = random.nextInt(4); n >= 0; n--) {
                Map<String, String> values = new LinkedHashMap<>();
                for (int m = random.nextInt(3); m > 0; m--) {
                    values.put("p" + random.nextInt(9), text(random));
                }
                steps.add(new CodecChain.Step("n-" + random.nextInt(9), new Parameters(values, "")));
            }
            CodecChain chain = new CodecChain(steps);

            assertThat(CodecChain.parse(chain.toString())).as("%s", seed).isEqualTo(chain);
            assertThat(CodecChain.parse(chain.toString())).as("%s", seed).hasToString(chain.toString());
            String url = "x:?codec=" + PercentCode.encodeValue(chain.toString());
            assertThat(CacheUrl.parse(url).parameters().text("codec"))
                    .as("%s", seed)
                    .isEqualTo(chain.toString());
        }
    }

    private static String text(Random random) {
        String alphabet = "a,()%+=& ?/:ä🦝";
        return random.ints(random.nextInt(6), 0, alphabet.length())
                .mapToObj(at -> alphabet.codePointAt(at) < 0x10000 && !Character.isSurrogate(alphabet.charAt(at))
                        ? alphabet.substring(at, at + 1)
                        : "🦝")
                .reduce("", String::concat);
    }
}
