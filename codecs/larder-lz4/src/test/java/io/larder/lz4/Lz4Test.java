package io.larder.lz4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.larder.CodecException;
import io.larder.spi.Codec;
import io.larder.spi.StageProvider;
import io.larder.testkit.CodecContract;
import io.larder.url.CodecChain;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class Lz4Test {

    private static Codec<byte[], byte[]> open(String parameters) {
        return new Lz4Provider()
                .open(CodecChain.parse("lz4(" + parameters + ")").steps().get(0).parameters());
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
            byte[] text = "some words, over and over. ".repeat(300).getBytes(StandardCharsets.US_ASCII);
            return List.of(new byte[0], new byte[] {1, -1}, new byte[1_000], new byte[100_000], random, text);
        }
    }

    @Test
    void isFoundByItsName() {
        assertThat(ServiceLoader.load(StageProvider.class))
                .extracting(StageProvider::name)
                .contains("lz4");
    }

    @Test
    void aBombIsRefusedWithinBoundedMemory() {
        byte[] bomb = open("threshold=0B").encode(new byte[32 << 20]);
        assertThat(bomb.length).isLessThan(200_000);

        assertRefused(open("max-size=4MiB"), bomb, "values may take 4.0 MiB uncompressed");
        ByteBuffer.wrap(bomb).putInt(1, 1_000);
        assertRefused(open("max-size=4MiB"), bomb, "they are damaged");
    }

    @Test
    void aSizeOfAThousandMillionBytesAllocatesNothing() {
        byte[] bytes =
                ByteBuffer.allocate(20).put((byte) 1).putInt(1_000_000_000).array();

        assertRefused(open("max-size=1GiB"), bytes, "they tell a size that they cannot have");
    }

    private static void assertRefused(Codec<byte[], byte[]> codec, byte[] bytes, String why) {
        codec.decode(codec.encode(new byte[2_000]));
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = thread.getCurrentThreadAllocatedBytes();

        assertThatThrownBy(() -> codec.decode(bytes))
                .isInstanceOf(CodecException.class)
                .hasMessageStartingWith("Cannot decompress " + bytes.length + " bytes by 'lz4': " + why);

        assertThat(thread.getCurrentThreadAllocatedBytes() - before).isLessThan(1 << 20);
    }
}
