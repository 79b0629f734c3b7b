package io.larder.codec;

import io.larder.CodecException;
import io.larder.ConfigException;
import io.larder.spi.Codec;
import io.larder.url.Parameter;
import io.larder.url.ParameterSet;
import io.larder.url.Parameters;
import io.larder.url.Units;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compresses what is long enough, where that makes it shorter. Thread-safe.
 *
 * <p>The first byte says whether the rest is as it was or compressed; a bare one compresses always, and has no such byte. What would be longer than the largest size is refused both ways,
 * so that a few bytes cannot fill the memory.
 */
public final class CompressionCodec implements Codec<byte[], byte[]> {

    /** What every compressing stage takes. */
    public static final ParameterSet PARAMETERS = new ParameterSet(List.of(
            new Parameter("threshold", "size such as '1KiB'", "1KiB", "Shorter values are left as they are."),
            new Parameter(
                    "max-size", "size such as '64MiB'", "64MiB", "Values that are longer uncompressed are refused.")));

    /** What stages take, besides, whose format other programs read. */
    public static final ParameterSet BARE = new ParameterSet(List.of(new Parameter(
            "bare",
            "true or false",
            "false",
            "Whether all values are compressed, and nothing stands in front, as other programs expect it.")));

    private static final long THRESHOLD_BYTES_STANDARD = 1 << 10;
    private static final long SIZE_BYTES_STANDARD = 64 << 20;
    private static final int SIZE_BYTES_LARGEST = 1 << 30;

    private static final byte PLAIN = 0;
    private static final byte COMPRESSED = 1;

    private final String name;
    private final Compressor compressor;
    private final long thresholdBytes;
    private final int sizeBytesMax;
    private final boolean bare;

    private CompressionCodec(String name, Compressor compressor, long thresholdBytes, int sizeBytesMax, boolean bare) {
        this.name = name;
        this.compressor = compressor;
        this.thresholdBytes = thresholdBytes;
        this.sizeBytesMax = sizeBytesMax;
        this.bare = bare;
    }

    /** Returns the codec that {@code compressor} and {@link #PARAMETERS} make; {@code name} stands in messages. */
    public static CompressionCodec of(String name, Compressor compressor, Parameters given) {
        long sizeBytesMax = given.sizeBytes("max-size", SIZE_BYTES_STANDARD);
        if (sizeBytesMax < 1 || sizeBytesMax > SIZE_BYTES_LARGEST) {
            throw new ConfigException(
                    "'max-size' of codec '" + name + "' must be from 1B to 1GiB, was " + sizeBytesMax + "B");
        }
        return new CompressionCodec(
                name,
                compressor,
                given.sizeBytes("threshold", THRESHOLD_BYTES_STANDARD),
                (int) sizeBytesMax,
                "true".equals(given.oneOf("bare", List.of("true", "false"))));
    }

    @Override
    public byte[] encode(byte[] value) {
        if (value.length > sizeBytesMax) {
            throw new CodecException(
                    "Cannot compress " + value.length + " bytes by '" + name + "': " + tooLong(sizeBytesMax), null);
        }
        if (bare) {
            return compressor.compress(value);
        }
        if (value.length >= thresholdBytes) {
            byte[] compressed = compressor.compress(value);
            if (compressed.length < value.length) {
                return marked(COMPRESSED, compressed);
            }
        }
        return marked(PLAIN, value);
    }

    private static byte[] marked(byte marker, byte[] bytes) {
        byte[] marked = new byte[1 + bytes.length];
        marked[0] = marker;
        System.arraycopy(bytes, 0, marked, 1, bytes.length);
        return marked;
    }

    @Override
    public byte[] decode(byte[] encoded) {
        if (bare) {
            return compressor.decompress(encoded, 0, sizeBytesMax);
        }
        if (encoded.length > 0 && encoded[0] == PLAIN && encoded.length - 1 <= sizeBytesMax) {
            return Arrays.copyOfRange(encoded, 1, encoded.length);
        }
        if (encoded.length > 1 && encoded[0] == COMPRESSED) {
            return compressor.decompress(encoded, 1, sizeBytesMax);
        }
        throw unreadable(
                name, encoded, "they neither begin with 0 or 1 nor fit into " + Units.sizeText(sizeBytesMax), null);
    }

    /** Returns why {@code encoded} cannot be decompressed, for a {@link Compressor}. */
    public static CodecException unreadable(String name, byte[] encoded, String why, @Nullable Throwable cause) {
        return new CodecException("Cannot decompress " + encoded.length + " bytes by '" + name + "': " + why, cause);
    }

    /** Returns what is wrong with a value of more than {@code sizeBytesMax}, for a {@link Compressor}. */
    public static String tooLong(int sizeBytesMax) {
        return "values may take " + Units.sizeText(sizeBytesMax)
                + " uncompressed. Raise 'max-size', or store less in one entry";
    }
}
