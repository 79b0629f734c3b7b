package io.larder.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.CodecException;
import io.larder.ConfigException;
import io.larder.spi.Codec;
import io.larder.spi.StageProvider;
import io.larder.url.CodecChain;
import io.larder.url.Parameters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Stages that need keys, and the keys. */
class KeyringTest {

    private static final byte[] OLD = key(1);
    private static final byte[] NEW = key(2);
    private static final byte[] VALUE = {1, 2, 3};

    @TempDir
    Path folder;

    private static byte[] key(int seed) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) seed);
        return key;
    }

    private static String base64(byte[] key) {
        return Base64.getEncoder().encodeToString(key);
    }

    private static Stream<Function<Keyring, StageProvider>> stages() {
        return Stream.of(AesGcmProvider::new, HmacProvider::new);
    }

    private static Codec<byte[], byte[]> open(Function<Keyring, StageProvider> stage, byte[] writing, byte[]... older) {
        return stage.apply(Keyring.of(writing, older)).open(Parameters.NONE);
    }

    @ParameterizedTest
    @MethodSource("stages")
    void theFirstKeyWritesAndAllOfThemRead(Function<Keyring, StageProvider> stage) {
        byte[] before = open(stage, OLD).encode(VALUE);
        Codec<byte[], byte[]> rotated = open(stage, NEW, OLD);

        assertThat(rotated.decode(before)).isEqualTo(VALUE);
        assertThat(open(stage, NEW).decode(rotated.encode(VALUE))).isEqualTo(VALUE);
        assertThatThrownBy(() -> open(stage, NEW).decode(before))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("they were written with key " + new Keyring.Key(OLD)
                        + ", and there are only those of Keyring[" + new Keyring.Key(NEW) + "]");
    }

    @ParameterizedTest
    @MethodSource("stages")
    void everyBitCounts(Function<Keyring, StageProvider> stage) {
        Codec<byte[], byte[]> codec = open(stage, NEW, OLD);
        byte[] encoded = codec.encode(VALUE);

        for (int bit = 0; bit < encoded.length * Byte.SIZE; bit++) {
            byte[] altered = encoded.clone();
            altered[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertThatThrownBy(() -> codec.decode(altered)).isInstanceOf(CodecException.class);
        }
        for (int length = 0; length < encoded.length; length++) {
            byte[] cut = Arrays.copyOf(encoded, length);
            assertThatThrownBy(() -> codec.decode(cut)).isInstanceOf(CodecException.class);
        }
        assertThatThrownBy(() -> codec.decode(Arrays.copyOf(encoded, encoded.length + 1)))
                .isInstanceOf(CodecException.class)
                .hasMessageEndingWith("they were altered, or moved here from another key or cache");
    }

    @ParameterizedTest
    @MethodSource("stages")
    void aKeyIdInAnothersPlaceIsNoWayIn(Function<Keyring, StageProvider> stage) {
        byte[] encoded = open(stage, OLD).encode(VALUE);
        byte[] relabelled = open(stage, NEW).encode(VALUE);
        System.arraycopy(encoded, 5, relabelled, 5, encoded.length - 5);

        assertThatThrownBy(() -> open(stage, NEW, OLD).decode(relabelled)).isInstanceOf(CodecException.class);
    }

    @ParameterizedTest
    @MethodSource("stages")
    void aValueIsReadInItsPlaceAlone(Function<Keyring, StageProvider> stage) {
        Codec<byte[], byte[]> codec = open(stage, NEW);
        byte[] encoded = codec.boundTo("ab").boundTo("c").encode(VALUE);

        assertThat(codec.boundTo("ab").boundTo("c").decode(encoded)).isEqualTo(VALUE);
        for (Codec<byte[], byte[]> elsewhere : List.of(
                codec,
                codec.boundTo("ab"),
                codec.boundTo("a").boundTo("bc"),
                codec.boundTo("abc"),
                codec.boundTo("c").boundTo("ab"),
                codec.boundTo("ab").boundTo("c").boundTo(""))) {
            assertThatThrownBy(() -> elsewhere.decode(encoded)).isInstanceOf(CodecException.class);
        }
    }

    @Test
    void encryptionHidesTheValueAndNeverRepeatsItself() {
        Codec<byte[], byte[]> codec = open(AesGcmProvider::new, NEW);
        byte[] value = "a value to find".getBytes(StandardCharsets.US_ASCII);

        assertThat(codec.encode(value)).isNotEqualTo(codec.encode(value)).hasSize(value.length + 33);
        assertThat(new String(codec.encode(value), StandardCharsets.ISO_8859_1)).doesNotContain("value");
    }

    @Test
    void keysAreReadFromAVariableOrAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("keys"), base64(NEW) + "\n" + base64(OLD) + "\n");
        byte[] before = open(HmacProvider::new, OLD).encode(VALUE);
        Parameters place =
                CodecChain.parse("hmac(keys=file:" + file + ")").steps().get(0).parameters();

        assertThat(new HmacProvider().open(place).decode(before)).isEqualTo(VALUE);
        assertThat(Keyring.read("env:KEYS", Map.of("KEYS", base64(NEW) + "," + base64(OLD))::get))
                .hasToString(Keyring.of(NEW, OLD).toString());
    }

    @Test
    void noMessageHasAKeyInIt() throws IOException {
        String secret = base64(NEW);
        Path file = Files.writeString(folder.resolve("keys"), secret + " " + secret);
        Path garbled = Files.writeString(folder.resolve("garbled"), secret + " " + secret.replace('I', '!'));
        Path narrow = Files.writeString(folder.resolve("narrow"), base64(Arrays.copyOf(NEW, 20)));
        Map<String, String> environment = Map.of("SHORT", base64(new byte[15]), "EMPTY", " ");

        assertRefused("file:" + file, "stands twice in 'file:" + file + "'", secret);
        assertRefused("file:" + garbled, "Key 2 in 'file:" + garbled + "' is no Base64", secret);
        assertRefused("file:" + folder, "Cannot read keys from 'file:" + folder + "'", secret);
        assertRefused(secret, "'keys' must name the place where the keys are, 'env:NAME' or 'file:PATH'", secret);
        assertRefused("env:NOT_THERE_AT_ALL", "There is no environment variable 'NOT_THERE_AT_ALL'", secret);
        assertThatThrownBy(() -> Keyring.read("env:SHORT", environment::get))
                .hasMessageStartingWith("A key in 'env:SHORT' has 15 bytes, and at least 16 are needed");
        assertThatThrownBy(() -> Keyring.read("env:EMPTY", environment::get))
                .hasMessageStartingWith("There is no key in 'env:EMPTY'");
        assertThatThrownBy(() -> new AesGcmProvider(Keyring.read("file:" + narrow)).open(Parameters.NONE))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("has 20 bytes, expected were 16, 24 or 32");
        assertThat(Keyring.of(NEW, OLD).toString()).matches("Keyring\\[[0-9a-f]{8}, [0-9a-f]{8}]");
    }

    private static void assertRefused(String place, String message, String secret) {
        Parameters keys = new Parameters(Map.of("keys", place), "of codec 'aes-gcm'");
        assertThatThrownBy(() -> new AesGcmProvider().open(keys))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining(secret)
                .hasMessageNotContaining(secret.substring(0, 8));
    }

    @Test
    void thereHaveToBeKeysFromOnePlace() {
        Parameters keys = new Parameters(Map.of("keys", "env:KEYS"), "");

        assertThatThrownBy(() -> new HmacProvider().open(Parameters.NONE))
                .isInstanceOf(ConfigException.class)
                .hasMessage("Codec 'hmac' needs keys, either from the builder or as 'hmac(keys=env:NAME)' or"
                        + " 'hmac(keys=file:PATH)'");
        assertThatThrownBy(() -> new HmacProvider(Keyring.of(NEW)).open(keys)).isInstanceOf(ConfigException.class);
    }
}
