package io.larder.zstd;

import io.larder.codec.CompressionCodec;
import io.larder.spi.Codec;
import io.larder.spi.StageProvider;
import io.larder.url.Parameter;
import io.larder.url.ParameterSet;
import io.larder.url.Parameters;
import java.util.List;

/** Makes the stage {@code zstd}. Has no state. */
public final class ZstdProvider implements StageProvider {

    private static final int LEVEL_STANDARD = 3;
    /** Higher levels take hundreds of megabytes for each context. */
    private static final int LEVEL_MAX = 19;

    /** Makes one, for the ServiceLoader. */
    public ZstdProvider() {}

    @Override
    public String name() {
        return "zstd";
    }

    @Override
    public ParameterSet parameters() {
        return new ParameterSet(List.of(new Parameter(
                        "level", "number from 1 to 19", String.valueOf(LEVEL_STANDARD), "1 is fast, 19 is small.")))
                .and(CompressionCodec.PARAMETERS)
                .and(CompressionCodec.BARE);
    }

    @Override
    public Codec<byte[], byte[]> open(Parameters parameters) {
        int level = parameters.integer("level", 1, LEVEL_MAX, LEVEL_STANDARD);
        return CompressionCodec.of(name(), new ZstdCompressor(level), parameters);
    }
}
