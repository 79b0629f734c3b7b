package io.larder.zstd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import com.sun.management.ThreadMXBean;
import io.larder.CodecException;
import io.larder.ConfigException;
import io.larder.spi.Codec;
import io.larder.spi.StageProvider;
import io.larder.testkit.CodecContract;
import io.larder.url.CodecChain;
import io.larder.url.Parameters;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ZstdTest {

    private static final long FEW_BYTES = 1 << 20;

    private static Codec<byte[], byte[]> open(String parameters) {
        return new ZstdProvider()
                .open(CodecChain.parse("zstd(" + parameters + ")")
                        .steps()
                        .get(0)
                        .parameters());
    }

    @Nested
    class Contract extends CodecContract<byte[]> {

        @Override
        protected Codec<byte[], byte[]> codec() {
            return open("threshold=0B");
        }

        @Override
        protected List<byte[]> samples() {
            byte[] random = new byte[1_000];
            new Random(1).nextBytes(random);
            return List.of(new byte[0], new byte[] {1, -1}, new byte[1_000], new byte[100_000], random, text(20_000));
        }
    }

    private static byte[] text(int sizeBytes) {
        Random random = new Random(1);
        byte[] text = new byte[sizeBytes];
        for (int i = 0; i < text.length; i++) {
            text[i] = (byte) ('a' + Math.abs(random.nextGaussian() * 4));
        }
        return text;
    }

    @Test
    void isFoundByItsName() {
        assertThat(ServiceLoader.load(StageProvider.class))
                .extracting(StageProvider::name)
                .contains("zstd");
    }

    @Test
    void shrinksWhatIsLongEnoughMoreAtAHigherLevel() {
        assertThat(open("threshold=10B").encode(new byte[9])).startsWith(0);
        assertThat(open("level=19").encode(text(50_000)).length)
                .isLessThan(open("level=1").encode(text(50_000)).length);
    }

    @Test
    void manyThreadsShareTheContexts() {
        Codec<byte[], byte[]> codec = open("threshold=0B");

        assertThat(IntStream.range(0, 500)
                        .parallel()
                        .filter(i -> !Arrays.equals(codec.decode(codec.encode(text(i))), text(i))))
                .isEmpty();
    }

    @Test
    void aBombIsRefusedWithinBoundedMemory() {
        byte[] bomb = marked(Zstd.compress(new byte[128 << 20]));

        assertRefused(open("max-size=4MiB"), bomb, "values may take 4.0 MiB uncompressed", FEW_BYTES);
    }

    @Test
    void aBombThatTellsASmallSizeIsRefusedWithinBoundedMemory() {
        byte[] bomb = marked(Zstd.compress(new byte[128 << 20]));
        boolean singleSegment = (bomb[5] & 0x20) != 0;
        assertThat(bomb[5] >> 6 & 3).as("the size takes four bytes").isEqualTo(2);
        ByteBuffer.wrap(bomb).order(ByteOrder.LITTLE_ENDIAN).putInt(singleSegment ? 6 : 7, 1 << 20);

        assertRefused(open("max-size=4MiB"), bomb, "they are damaged", 8 * FEW_BYTES);
    }

    @Test
    void aSizeOfAThousandMillionBytesAllocatesNothing() {
        ByteBuffer frame = ByteBuffer.allocate(14).order(ByteOrder.LITTLE_ENDIAN);
        // Marker, magic, "the size takes four bytes", the size, a last raw block of one byte, the byte.
        frame.put((byte) 1)
                .putInt(0xFD2FB528)
                .put((byte) 0xA0)
                .putInt(1_000_000_000)
                .put(new byte[] {9, 0, 0, 7});

        assertRefused(open("max-size=1GiB"), frame.array(), "they are damaged", FEW_BYTES);
    }

    private static byte[] marked(byte[] frame) {
        return ByteBuffer.allocate(1 + frame.length).put((byte) 1).put(frame).array();
    }

    private static void assertRefused(Codec<byte[], byte[]> codec, byte[] bytes, String why, long allocatedMax) {
        codec.decode(codec.encode(text(2_000)));
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = thread.getCurrentThreadAllocatedBytes();

        assertThatThrownBy(() -> codec.decode(bytes))
                .isInstanceOf(CodecException.class)
                .hasMessageStartingWith("Cannot decompress " + bytes.length + " bytes by 'zstd': " + why);

        assertThat(thread.getCurrentThreadAllocatedBytes() - before).isLessThan(allocatedMax);
    }

    @Test
    void whatFollowsIsRefused() {
        byte[] whole = open("threshold=0B").encode(text(2_000));

        assertThatThrownBy(() -> open("threshold=0B").decode(Arrays.copyOf(whole, whole.length + 1)))
                .isInstanceOf(CodecException.class);
        assertThatThrownBy(() -> open("level=20")).isInstanceOf(ConfigException.class);
        assertThat(new ZstdProvider().open(Parameters.NONE)).isNotNull();
    }
}
