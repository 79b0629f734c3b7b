package io.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.CommandArgs;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArgumentsTest {

    private static byte[] bytes(CommandArgs<byte[], byte[]> args) {
        ByteBuf encoded = Unpooled.buffer();
        args.encode(encoded);
        return ByteBufUtil.getBytes(encoded);
    }

    @Test
    void areWrittenAsLettuceWouldWriteThem() {
        List<byte[]> parts = new ArrayList<>();
        for (int size : new int[] {3, 0, 1, 9, 10, 11, 99, 100, 101, 999, 1_000, 10_000}) {
            byte[] part = new byte[size];
            Arrays.fill(part, (byte) size);
            parts.add(part);
        }
        CommandArgs<byte[], byte[]> theirs = new CommandArgs<>(ByteArrayCodec.INSTANCE).addKeys(parts);

        Arguments ours = new Arguments(parts);

        assertThat(bytes(ours)).isEqualTo(bytes(theirs));
        assertThat(ours.count()).isEqualTo(theirs.count());
    }

    @Test
    void theFirstIsTheKeyHoweverOftenOneLooks() {
        Arguments arguments = new Arguments(List.of(new byte[] {1, 2}, new byte[] {3}));

        assertThat(arguments.getFirstEncodedKey().get()).isEqualTo((byte) 1);
        assertThat(arguments.getFirstEncodedKey()).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2}));
    }
}
