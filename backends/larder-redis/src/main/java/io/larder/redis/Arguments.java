package io.larder.redis;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.CommandArgs;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The arguments of a command, as a server reads them. Immutable.
 *
 * <p>Lettuce would have the one I/O thread of a connection write them piece by piece. Here callers do that, each on its own thread, and
 * the I/O thread copies one array. For small ones: each byte is copied once more.
 */
final class Arguments extends CommandArgs<byte[], byte[]> {

    private static final int LINE_END_BYTES = 2;

    private final int count;
    private final byte[] key;
    private final byte[] encoded;

    /** Makes those of a command on the key that is the first of {@code parts}. */
    Arguments(List<byte[]> parts) {
        super(ByteArrayCodec.INSTANCE);
        count = parts.size();
        key = parts.get(0);
        int sizeBytes = 0;
        for (byte[] part : parts) {
            sizeBytes = Math.addExact(sizeBytes, headBytes(part.length) + part.length + LINE_END_BYTES);
        }
        encoded = new byte[sizeBytes];
        int at = 0;
        for (byte[] part : parts) {
            at = writeHead(at, part.length);
            System.arraycopy(part, 0, encoded, at, part.length);
            at = writeLineEnd(at + part.length);
        }
    }

    /** Returns what a dollar sign, the digits of a size and the end of the line take. */
    private static int headBytes(int size) {
        int digits = 1;
        for (int left = size; left >= 10; left /= 10) {
            digits++;
        }
        return 1 + digits + LINE_END_BYTES;
    }

    private int writeHead(int from, int size) {
        int end = from + headBytes(size);
        encoded[from] = '$';
        int left = size;
        for (int at = end - LINE_END_BYTES - 1; at > from; at--) {
            encoded[at] = (byte) ('0' + left % 10);
            left /= 10;
        }
        return writeLineEnd(end - LINE_END_BYTES);
    }

    private int writeLineEnd(int at) {
        encoded[at] = '\r';
        encoded[at + 1] = '\n';
        return at + LINE_END_BYTES;
    }

    @Override
    public int count() {
        return count;
    }

    /** Returns what a cluster chooses the node by. */
    @Override
    public ByteBuffer getFirstEncodedKey() {
        return ByteBuffer.wrap(key);
    }

    @Override
    public void encode(ByteBuf out) {
        out.writeBytes(encoded);
    }
}
