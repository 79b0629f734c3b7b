package io.larder.cli;

import io.larder.TypeRef;
import io.larder.jackson.JacksonProvider;
import io.larder.spi.Codec;
import io.larder.spi.CodecProvider;
import io.larder.url.ParameterSet;
import io.larder.url.Parameters;
import java.nio.charset.StandardCharsets;

/**
 * The codec {@code json} for values of any type, by {@link JsonText}; others are left to larder-jackson. Has no state.
 *
 * <p>The same bytes, but every number keeps its digits, and a command does not wait for Jackson's databind.
 */
final class JsonProvider implements CodecProvider {

    @Override
    public String name() {
        return "json";
    }

    @Override
    public ParameterSet parameters() {
        return ParameterSet.NONE;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <V> Codec<V, byte[]> open(TypeRef<V> type, Parameters parameters) {
        return type.type() == Object.class
                ? (Codec<V, byte[]>) new AnyJson()
                : new JacksonProvider().open(type, parameters);
    }

    /** Thread-safe. */
    private static final class AnyJson implements Codec<Object, byte[]> {

        @Override
        public byte[] encode(Object value) {
            return JsonText.write(value).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public Object decode(byte[] encoded) {
            return JsonText.read(encoded);
        }
    }
}
