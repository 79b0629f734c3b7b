package io.larder.jackson;

import io.larder.ConfigException;
import io.larder.TypeRef;
import io.larder.spi.Codec;
import io.larder.spi.CodecProvider;
import io.larder.url.Nearest;
import io.larder.url.Parameters;
import java.util.List;

/** Makes the codec {@code json}, which takes no parameters. Has no state. */
public final class JacksonProvider implements CodecProvider {

    /** Makes one, for the ServiceLoader. */
    public JacksonProvider() {}

    @Override
    public String name() {
        return "json";
    }

    @Override
    public <V> Codec<V, byte[]> open(TypeRef<V> type, Parameters parameters) {
        for (String unknown : parameters.names()) {
            throw new ConfigException(
                    "Unknown parameter '" + unknown + "' of codec 'json'." + Nearest.hint(unknown, List.of()));
        }
        return JacksonCodec.of(type);
    }
}
