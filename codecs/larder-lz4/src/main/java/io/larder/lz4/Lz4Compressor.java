package io.larder.lz4;

import io.larder.codec.CompressionCodec;
import io.larder.codec.Compressor;
import java.nio.ByteBuffer;
import java.util.Arrays;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;

/** The length in four bytes, then a block of LZ4. Thread-safe. */
final class Lz4Compressor implements Compressor {

    /** A block cannot say more in a byte. */
    private static final long RATIO_MAX = 255;

    private final LZ4Factory lz4 = LZ4Factory.fastestInstance();

    @Override
    public byte[] compress(byte[] bytes) {
        byte[] packed = new byte[Integer.BYTES + lz4.fastCompressor().maxCompressedLength(bytes.length)];
        int size = lz4.fastCompressor().compress(bytes, 0, bytes.length, packed, Integer.BYTES);
        return ByteBuffer.wrap(Arrays.copyOf(packed, Integer.BYTES + size))
                .putInt(0, bytes.length)
                .array();
    }

    @Override
    public byte[] decompress(byte[] packed, int from, int sizeBytesMax) {
        int blockAt = from + Integer.BYTES;
        if (packed.length < blockAt) {
            throw CompressionCodec.unreadable("lz4", packed, "they are cut off", null);
        }
        int told = ByteBuffer.wrap(packed).getInt(from);
        if (told > sizeBytesMax) {
            throw CompressionCodec.unreadable("lz4", packed, CompressionCodec.tooLong(sizeBytesMax), null);
        }
        if (told < 0 || told > RATIO_MAX * (packed.length - blockAt)) {
            throw CompressionCodec.unreadable("lz4", packed, "they tell a size that they cannot have", null);
        }
        byte[] bytes = new byte[told];
        int size;
        try {
            size = lz4.safeDecompressor().decompress(packed, blockAt, packed.length - blockAt, bytes, 0);
        } catch (LZ4Exception e) {
            throw CompressionCodec.unreadable("lz4", packed, "they are damaged", e);
        }
        if (size != told) {
            throw CompressionCodec.unreadable("lz4", packed, "they are cut off", null);
        }
        return bytes;
    }
}
