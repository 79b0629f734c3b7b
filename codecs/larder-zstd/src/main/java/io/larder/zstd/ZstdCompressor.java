package io.larder.zstd;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import io.larder.codec.CompressionCodec;
import io.larder.codec.Compressor;
import java.util.Arrays;

/** Zstandard frames (RFC 8878). Thread-safe. */
record ZstdCompressor(int level) implements Compressor {

    /** Shared by all caches, because contexts are memory outside the heap that nobody would give back. */
    private static final ContextPool<ZstdCompressCtx> COMPRESSING = new ContextPool<>(ZstdCompressCtx::new);

    private static final ContextPool<ZstdDecompressCtx> DECOMPRESSING = new ContextPool<>(ZstdDecompressCtx::new);

    /** How many times as long as what is read the first guess at the result is; it grows while that turns out to be too little. */
    private static final long RATIO_GUESSED = 16;

    private static final long GROWTH = 4;

    @Override
    public byte[] compress(byte[] bytes) {
        return COMPRESSING.use(context -> context.setLevel(level).compress(bytes));
    }

    @Override
    public byte[] decompress(byte[] packed, int from, int sizeBytesMax) {
        long told = Zstd.getFrameContentSize(packed, from, packed.length - from);
        if (told < 0) {
            throw CompressionCodec.unreadable("zstd", packed, "they begin with no frame that tells its size", null);
        }
        if (told > sizeBytesMax) {
            throw CompressionCodec.unreadable("zstd", packed, CompressionCodec.tooLong(sizeBytesMax), null);
        }
        try {
            return DECOMPRESSING.use(context -> decompressed(context, packed, from, (int) told));
        } catch (ZstdException e) {
            throw CompressionCodec.unreadable("zstd", packed, "they are damaged", e);
        }
    }

    /** Believes the size that is told only as far as the bytes bear it out, for it costs a liar nothing. */
    private static byte[] decompressed(ZstdDecompressCtx context, byte[] packed, int from, int told) {
        byte[] bytes = new byte[(int) Math.min(told, RATIO_GUESSED * packed.length)];
        while (true) {
            try {
                int size = context.decompressByteArray(bytes, 0, bytes.length, packed, from, packed.length - from);
                return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
            } catch (ZstdException e) {
                if (e.getErrorCode() != Zstd.errDstSizeTooSmall() || bytes.length == told) {
                    throw e;
                }
                bytes = new byte[(int) Math.min(told, GROWTH * bytes.length)];
            }
        }
    }
}
