package io.larder.codec;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** The zlib format (RFC 1950) by the JDK. Thread-safe. */
record ZlibCompressor(int level) implements Compressor {

    /** How many times as long as what is read the first guess at the result is; it doubles while it is too small. */
    private static final long RATIO_GUESSED = 4;

    private static final int SLACK_BYTES = 64;

    @Override
    public byte[] compress(byte[] bytes) {
        Deflater deflater = new Deflater(level);
        try {
            deflater.setInput(bytes);
            deflater.finish();
            // What does not shrink grows by a few bytes in every sixteen thousand.
            byte[] packed = new byte[bytes.length + bytes.length / 1_000 + SLACK_BYTES];
            int size = deflater.deflate(packed);
            return Arrays.copyOf(packed, size);
        } finally {
            deflater.end();
        }
    }

    @Override
    public byte[] decompress(byte[] packed, int from, int sizeBytesMax) {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(packed, from, packed.length - from);
            return inflated(inflater, packed, sizeBytesMax);
        } catch (DataFormatException e) {
            throw CompressionCodec.unreadable("zlib", packed, "they are damaged", e);
        } finally {
            inflater.end();
        }
    }

    private static byte[] inflated(Inflater inflater, byte[] packed, int sizeBytesMax) throws DataFormatException {
        // One more than allowed, so that there is room to notice it.
        long most = sizeBytesMax + 1L;
        byte[] bytes = new byte[(int) Math.min(most, RATIO_GUESSED * packed.length + SLACK_BYTES)];
        int size = 0;
        while (!inflater.finished()) {
            if (size == bytes.length) {
                bytes = Arrays.copyOf(bytes, (int) Math.min(most, 2L * size));
            }
            int read = inflater.inflate(bytes, size, bytes.length - size);
            size += read;
            if (size > sizeBytesMax) {
                throw CompressionCodec.unreadable("zlib", packed, CompressionCodec.tooLong(sizeBytesMax), null);
            }
            if (read == 0 && !inflater.finished()) {
                throw CompressionCodec.unreadable("zlib", packed, "they are cut off", null);
            }
        }
        if (inflater.getRemaining() > 0) {
            throw CompressionCodec.unreadable("zlib", packed, "something follows their end", null);
        }
        return Arrays.copyOf(bytes, size);
    }
}
