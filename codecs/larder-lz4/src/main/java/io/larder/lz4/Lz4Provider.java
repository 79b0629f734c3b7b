package io.larder.lz4;

import io.larder.codec.CompressionCodec;
import io.larder.spi.Codec;
import io.larder.spi.StageProvider;
import io.larder.url.ParameterSet;
import io.larder.url.Parameters;

/** Makes the stage {@code lz4}. Has no state. */
public final class Lz4Provider implements StageProvider {

    /** Makes one, for the ServiceLoader. */
    public Lz4Provider() {}

    @Override
    public String name() {
        return "lz4";
    }

    @Override
    public ParameterSet parameters() {
        return CompressionCodec.PARAMETERS;
    }

    @Override
    public Codec<byte[], byte[]> open(Parameters parameters) {
        return CompressionCodec.of(name(), new Lz4Compressor(), parameters);
    }
}
