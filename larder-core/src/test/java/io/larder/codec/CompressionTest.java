package io.larder.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.larder.CodecException;
import io.larder.ConfigException;
import io.larder.spi.Codec;
import io.larder.url.CodecChain;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompressionTest {

    private static Codec<byte[], byte[]> zlib(String parameters) {
        return new ZlibProvider()
                .open(CodecChain.parse("zlib(" + parameters + ")")
                        .steps()
                        .get(0)
                        .parameters());
    }

    @Test
    void whatIsShorterThanTheThresholdStaysAsItIs() {
        Codec<byte[], byte[]> codec = zlib("threshold=100B");

        assertThat(codec.encode(new byte[99])).hasSize(100).startsWith(0);
        assertThat(codec.encode(new byte[100])).hasSizeLessThan(30).startsWith(1);
    }

    @Test
    void whatDoesNotGetShorterStaysAsItIs() {
        byte[] random = new byte[10_000];
        new Random(1).nextBytes(random);

        assertThat(zlib("threshold=0B").encode(random)).hasSize(10_001).startsWith(0);
    }

    @Test
    void aHigherLevelIsSmaller() {
        Random random = new Random(1);
        byte[] text = new byte[50_000];
        for (int i = 0; i < text.length; i++) {
            text[i] = (byte) (random.nextGaussian() * 4);
        }

        assertThat(zlib("level=9").encode(text).length)
                .isLessThan(zlib("level=1").encode(text).length);
    }

    @Test
    void aBombIsRefusedWithinBoundedMemory() throws IOException {
        byte[] bomb = bomb(256 << 20);
        Codec<byte[], byte[]> codec = zlib("max-size=4MiB");
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();

        long before = thread.getCurrentThreadAllocatedBytes();
        assertThatThrownBy(() -> codec.decode(bomb))
                .isInstanceOf(CodecException.class)
                .hasMessage(
                        "Cannot decompress " + bomb.length
                                + " bytes by 'zlib': values may take 4.0 MiB uncompressed. Raise 'max-size', or store less in one entry");

        assertThat(bomb.length).isLessThan(300_000);
        assertThat(thread.getCurrentThreadAllocatedBytes() - before).isLessThan(16 << 20);
    }

    private static byte[] bomb(int sizeBytes) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(1);
        try (DeflaterOutputStream deflating = new DeflaterOutputStream(bytes)) {
            byte[] zeros = new byte[1 << 20];
            for (int written = 0; written < sizeBytes; written += zeros.length) {
                deflating.write(zeros);
            }
        }
        return bytes.toByteArray();
    }

    @Test
    void theLargestSizeIsReadAndOneByteMoreIsRefusedBothWays() {
        Codec<byte[], byte[]> narrow = zlib("max-size=2000B,threshold=0B");
        Codec<byte[], byte[]> wide = zlib("threshold=0B");
        Codec<byte[], byte[]> plain = zlib("threshold=1MiB");

        assertThat(narrow.decode(narrow.encode(new byte[2_000]))).hasSize(2_000);
        assertThatThrownBy(() -> narrow.encode(new byte[2_001])).isInstanceOf(CodecException.class);
        assertThatThrownBy(() -> narrow.decode(wide.encode(new byte[2_001]))).isInstanceOf(CodecException.class);
        assertThatThrownBy(() -> narrow.decode(plain.encode(new byte[2_001]))).isInstanceOf(CodecException.class);
    }

    @Test
    void whatIsCutOffExtendedOrUnmarkedIsRefused() {
        Codec<byte[], byte[]> codec = zlib("threshold=0B");
        byte[] whole = codec.encode(new byte[5_000]);

        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> codec.decode(cut)).isInstanceOf(CodecException.class);
        }
        assertThatThrownBy(() -> codec.decode(Arrays.copyOf(whole, whole.length + 1)))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("something follows their end");
        assertThatThrownBy(() -> codec.decode(new byte[] {2, 0})).isInstanceOf(CodecException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"level=0", "level=10", "level=x", "threshold=5", "max-size=0B", "max-size=2GiB"})
    void whatCannotWorkIsRefused(String parameters) {
        assertThatThrownBy(() -> zlib(parameters))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(" of codec 'zlib' must be ");
    }
}
