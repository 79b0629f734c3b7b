package io.larder.codec;

import io.larder.spi.Codec;
import io.larder.spi.StageProvider;
import io.larder.url.Parameter;
import io.larder.url.ParameterSet;
import io.larder.url.Parameters;
import java.util.List;

/** Makes the stage {@code zlib}. Has no state. */
public final class ZlibProvider implements StageProvider {

    private static final int LEVEL_STANDARD = 6;
    private static final int LEVEL_MAX = 9;

    /** Makes one, for the ServiceLoader. */
    public ZlibProvider() {}

    @Override
    public String name() {
        return "zlib";
    }

    @Override
    public ParameterSet parameters() {
        return new ParameterSet(List.of(new Parameter(
                        "level", "number from 1 to 9", String.valueOf(LEVEL_STANDARD), "1 is fast, 9 is small.")))
                .and(CompressionCodec.PARAMETERS)
                .and(CompressionCodec.BARE);
    }

    @Override
    public Codec<byte[], byte[]> open(Parameters parameters) {
        int level = parameters.integer("level", 1, LEVEL_MAX, LEVEL_STANDARD);
        return CompressionCodec.of(name(), new ZlibCompressor(level), parameters);
    }
}
