package io.larder.jackson;

import io.larder.CodecException;
import io.larder.ConfigException;
import io.larder.TypeRef;
import io.larder.spi.Codec;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Values of one type as JSON in UTF-8. Thread-safe.
 *
 * <p>The type is the cache's, arguments included; what the JSON says about types is plain data, unless a mapper of your own or an
 * annotation on your own class says otherwise. Of a failure only the kind and the place are told: Jackson's messages quote the
 * value, so they are not kept, not even as a cause.
 */
public final class JacksonCodec<V> implements Codec<V, byte[]> {

    private final String type;
    private final ObjectWriter writer;
    private final ObjectReader reader;

    private JacksonCodec(JsonMapper mapper, JavaType type) {
        this.type = type.toCanonical();
        this.writer = mapper.writerFor(type);
        this.reader = mapper.readerFor(type).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    /** Returns a codec with Larder's own settings, which {@link #mapper} has. */
    public static <V> JacksonCodec<V> of(TypeRef<V> type) {
        return of(LarderMapper.SHARED, type);
    }

    /** Returns a codec that uses {@code mapper} as it is; only what follows the value is refused in any case. */
    public static <V> JacksonCodec<V> of(JsonMapper mapper, TypeRef<V> type) {
        try {
            return new JacksonCodec<>(mapper, mapper.constructType(type.type()));
        } catch (RuntimeException e) {
            throw new ConfigException(
                    "Codec 'json' cannot handle the type " + type + ". Pass a mapper that can to JacksonCodec.of", e);
        }
    }

    /** Returns a new builder with Larder's own settings, to which modules and mix-ins can be added. */
    public static JsonMapper.Builder mapper() {
        return LarderMapper.SHARED.rebuild();
    }

    @Override
    public byte[] encode(V value) {
        if (value == null) {
            throw new CodecException(
                    "Cannot write null as " + type + ". That there is no value is the entry's to say", null);
        }
        byte[] encoded;
        try {
            encoded = writer.writeValueAsBytes(value);
        } catch (RuntimeException | StackOverflowError e) {
            throw new CodecException("Cannot write a value of " + type + " as JSON: " + JsonFailure.describe(e), null);
        }
        return encoded;
    }

    @Override
    public V decode(byte[] encoded) {
        V value;
        try {
            value = reader.readValue(encoded);
        } catch (RuntimeException | StackOverflowError e) {
            throw new CodecException(unreadable(encoded) + JsonFailure.describe(e), null);
        }
        if (value == null) {
            throw new CodecException(unreadable(encoded) + "they say null, which stands for no value", null);
        }
        return value;
    }

    private String unreadable(byte[] encoded) {
        int length = encoded == null ? 0 : encoded.length;
        return "Cannot read " + length + " bytes as JSON of " + type + ": ";
    }
}
