package io.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.Cache;
import io.larder.CacheEvent;
import io.larder.CodecException;
import io.larder.ConfigException;
import io.larder.Larder;
import io.larder.codec.AesGcmProvider;
import io.larder.codec.DecimalCodec;
import io.larder.codec.Keyring;
import io.larder.codec.StringCodec;
import io.larder.spi.Backend;
import io.larder.spi.Codec;
import io.larder.spi.Entry;
import io.larder.spi.PutMode;
import io.larder.spi.StageProvider;
import io.larder.url.Parameter;
import io.larder.url.ParameterSet;
import io.larder.url.Parameters;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Chains of a codec and stages, as URLs and builders name them. */
class ChainsTest {

    private final List<Backend<String, byte[]>> backends = new ArrayList<>();

    /** Puts a letter in front. */
    private static final class Prefix implements StageProvider {

        @Override
        public String name() {
            return "prefix";
        }

        @Override
        public ParameterSet parameters() {
            return new ParameterSet(List.of(new Parameter("letter", "a letter", "x", "What is put in front.")));
        }

        @Override
        public Codec<byte[], byte[]> open(Parameters parameters) {
            String given = parameters.text("letter");
            String letter = given == null ? "x" : given;
            return new Codec<>() {
                @Override
                public byte[] encode(byte[] value) {
                    return (letter + text(value)).getBytes(StandardCharsets.UTF_8);
                }

                @Override
                public byte[] decode(byte[] encoded) {
                    if (!text(encoded).startsWith(letter)) {
                        throw new CodecException("No " + letter + " in front", null);
                    }
                    return text(encoded).substring(letter.length()).getBytes(StandardCharsets.UTF_8);
                }
            };
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private Larder open(String codec) {
        return Larder.builder("reference:?codec=" + codec)
                .provider(ReferenceProvider.ofBytes(backend -> {
                    backends.add(backend);
                    return backend;
                }))
                .stage(new Prefix())
                .stage(new AesGcmProvider(Keyring.of(new byte[32])))
                .build();
    }

    private String stored() {
        return text(backends.get(0).get("a").join().value());
    }

    @Test
    void stagesComeAfterTheCodecInTheirOrder() {
        try (Larder larder = open("string+prefix(letter=1)+prefix+zlib")) {
            Cache<String, String> names =
                    larder.cache("names", String.class, String.class).build();
            names.put("a", "Ann");

            assertThat(stored()).isEqualTo("\0x1Ann");
            assertThat(names.get("a")).isEqualTo("Ann");
        }
    }

    @Test
    void aBuildersChainGoesOverTheUrls() {
        try (Larder larder = open("string+prefix(letter=1)")) {
            larder.cache("names", String.class, String.class)
                    .codec("string+prefix(letter=2)")
                    .build()
                    .put("a", "Ann");

            assertThat(stored()).isEqualTo("2Ann");
        }
    }

    @Test
    void aCodecOfTheCallersTakesStagesToo() {
        Codec<byte[], byte[]> prefix = new Prefix().open(Parameters.NONE);
        try (Larder larder = open("string")) {
            larder.cache("names", String.class, String.class)
                    .codec(new StringCodec().then(prefix).then(prefix))
                    .build()
                    .put("a", "Ann");

            assertThat(stored()).isEqualTo("xxAnn");
        }
    }

    @Test
    void rawBytesTakeTheStagesAlone() {
        try (Larder larder = open("json+prefix")) {
            larder.cache("raw", String.class, byte[].class).build().put("a", new byte[] {'b'});

            assertThat(stored()).isEqualTo("xb");
        }
    }

    @Test
    void equalChainsAreOneCache() {
        try (Larder larder = open("string")) {
            Cache<String, String> names = larder.cache("names", String.class, String.class)
                    .codec("string+prefix(letter=2)")
                    .build();

            assertThat(larder.cache("names", String.class, String.class)
                            .codec("string+prefix(letter=%32)")
                            .build())
                    .isSameAs(names);
            assertThatThrownBy(() -> larder.cache("names", String.class, String.class)
                            .codec("string+prefix(letter=3)")
                            .build())
                    .isInstanceOf(ConfigException.class);
        }
    }

    @Test
    void anEncryptedValueIsReadUnderItsOwnKeyAndInItsOwnCacheAlone() {
        List<CacheEvent> events = new ArrayList<>();
        try (Larder larder = open("string+zlib+aes-gcm")) {
            Cache<String, String> names = larder.cache("names", String.class, String.class)
                    .listener(events::add)
                    .build();
            Cache<String, String> others = larder.cache("others", String.class, String.class)
                    .listener(events::add)
                    .build();
            names.put("a", "Ann");
            Entry<byte[]> stored = backends.get(0).get("a").join();
            assertThat(text(stored.value())).doesNotContain("Ann");

            backends.get(0).put("b", stored, PutMode.ALWAYS).join();
            backends.get(1).put("a", stored, PutMode.ALWAYS).join();

            assertThat(names.get("a")).isEqualTo("Ann");
            assertThat(events).isEmpty();
            assertThat(names.get("b")).isNull();
            assertThat(others.get("a")).isNull();
            assertThat(events)
                    .hasSize(2)
                    .allSatisfy(event -> assertThat(((CacheEvent.Undecodable) event).cause())
                            .hasMessageContaining("altered, or moved here from another key or cache"));
        }
    }

    @Test
    void whatCannotReadDigitsDoesNotCount() {
        try (Larder larder = open("string")) {
            Cache<String, Long> counts = larder.cache("counts", String.class, Long.class)
                    .codec(new DecimalCodec().then(new Prefix().open(Parameters.NONE)))
                    .build();

            assertThatThrownBy(() -> counts.counters().add("a", 1))
                    .isInstanceOf(CodecException.class)
                    .hasMessageStartingWith("Cannot count under key 'a': counters are decimal digits where they lie");
        }
    }

    @Test
    void namesAndParametersThatAreNotThereAreToldWithTheNearest() {
        assertRefused("strin+prefix", "No codec 'strin'. Did you mean 'string'?");
        assertRefused("string+prefx", "No stage 'prefx' to put after a codec. Did you mean 'prefix'?");
        assertRefused(
                "string+zstd",
                "No stage 'zstd' to put after a codec. On the class path: aes-gcm, hmac, prefix, zlib. Add io.larder:larder-zstd.");
        assertRefused("zlib", "'zlib' makes bytes of bytes, and a codec has to make them first. Write 'json+zlib'");
        assertRefused("string+prefix(leter=1)", "Unknown parameter 'leter' of codec 'prefix'. Did you mean 'letter'?");
        assertRefused("string(a=1)", "Unknown parameter 'a' of codec 'string'. There are none.");
        assertRefused("string+zlib(level=12)", "'level' of codec 'zlib' must be a number from 1 to 9, was 12");
        assertThatThrownBy(() -> open("string+zlib?level=9"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("each with its parameters in parentheses");
    }

    private void assertRefused(String codec, String message) {
        try (Larder larder = open(codec)) {
            assertThatThrownBy(() ->
                            larder.cache("names", String.class, String.class).build())
                    .isInstanceOf(ConfigException.class)
                    .hasMessageStartingWith(message);
        }
    }
}
