package io.larder.jackson;

import io.larder.TypeRef;
import io.larder.spi.Codec;
import io.larder.spi.CodecProvider;
import io.larder.url.ParameterSet;
import io.larder.url.Parameters;

/** Makes the codec {@code json}, which takes no parameters. Has no state. */
public final class JacksonProvider implements CodecProvider {

    /** Makes one, for the ServiceLoader. */
    public JacksonProvider() {}

    @Override
    public String name() {
        return "json";
    }

    @Override
    public ParameterSet parameters() {
        return ParameterSet.NONE;
    }

    @Override
    public <V> Codec<V, byte[]> open(TypeRef<V> type, Parameters parameters) {
        return JacksonCodec.of(type);
    }
}
